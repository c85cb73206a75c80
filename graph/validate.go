package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/gatehouse/gatehouse/graph/coerce"
)

// maxErrors is how many errors of a document are told: the first ones.
const maxErrors = 50

// documentRules are the rules of validation, sorted by name. None of them guesses what a stranger may have meant: guesses
// tell the schema bit by bit. The one about overlapping fields is missing: gqlparser's compares every pair of fields.
var documentRules = func() []core.Rule {
	all := []core.Rule{
		rules.FragmentsOnCompositeTypesRule, rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownDirectivesRule, rules.KnownFragmentNamesRule, rules.KnownRootTypeRule, rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.LoneAnonymousOperationRule, rules.MaxIntrospectionDepth, rules.NoFragmentCyclesRule, rules.NoUndefinedVariablesRule,
		rules.NoUnusedFragmentsRule, rules.NoUnusedVariablesRule, rules.PossibleFragmentSpreadsRule, rules.ProvidedRequiredArgumentsRule,
		rules.ScalarLeafsRuleWithoutSuggestions, rules.SingleFieldSubscriptionsRule, rules.UniqueArgumentNamesRule,
		rules.UniqueDirectivesPerLocationRule, rules.UniqueFragmentNamesRule, rules.UniqueInputFieldNamesRule, operationNamesRule,
		rules.UniqueVariableNamesRule, rules.VariablesAreInputTypesRule,
		rules.VariablesInAllowedPositionRule, fieldsRule, valuesRule,
	}
	slices.SortFunc(all, func(a, b core.Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}()

// fieldsRule refuses fields that their type does not have. What is selected of a scalar is refused by another rule.
var fieldsRule = core.Rule{
	Name: "FieldsOnCorrectType",
	RuleFunc: func(observers *core.Events, addError core.AddErrFunc) {
		observers.OnField(func(_ *core.Walker, field *ast.Field) {
			if field.Definition == nil && field.ObjectDefinition != nil && field.ObjectDefinition.IsCompositeType() {
				addError(core.Message("Cannot query field %q on type %q.", field.Name, field.ObjectDefinition.Name), core.At(field.Position))
			}
		})
	},
}

// operationNamesRule refuses operations of one name. Several without a name are refused by another rule.
var operationNamesRule = core.Rule{
	Name: "UniqueOperationNames",
	RuleFunc: func(observers *core.Events, addError core.AddErrFunc) {
		seen := map[string]bool{}
		observers.OnOperation(func(_ *core.Walker, operation *ast.OperationDefinition) {
			if seen[operation.Name] {
				addError(core.Message("There can be only one operation named %q.", operation.Name), core.At(operation.Position))
			}
			seen[operation.Name] = operation.Name != ""
		})
	},
}

// valuesRule holds literals to their types: those of arguments and of the defaults of variables.
var valuesRule = core.Rule{
	Name: "ValuesOfCorrectType",
	RuleFunc: func(observers *core.Events, addError core.AddErrFunc) {
		seen := map[*ast.Value]bool{} // fragments are walked wherever they are spread
		check := func(walker *core.Walker, value *ast.Value, want *ast.Type) {
			if value == nil || seen[value] {
				return
			}
			seen[value] = true
			for _, err := range (coerce.Schema{Schema: walker.Schema}).Check(value, want) {
				addError(func(added *gqlerror.Error) { added.Message, added.Locations = err.Message, err.Locations })
			}
		}
		arguments := func(walker *core.Walker, definitions ast.ArgumentDefinitionList, given ast.ArgumentList) {
			for _, argument := range given {
				if definition := definitions.ForName(argument.Name); definition != nil {
					check(walker, argument.Value, definition.Type)
				}
			}
		}
		observers.OnField(func(walker *core.Walker, field *ast.Field) {
			if field.Definition != nil {
				arguments(walker, field.Definition.Arguments, field.Arguments)
			}
		})
		observers.OnDirective(func(walker *core.Walker, directive *ast.Directive) {
			if directive.Definition != nil {
				arguments(walker, directive.Definition.Arguments, directive.Arguments)
			}
		})
		observers.OnVariable(func(walker *core.Walker, variable *ast.VariableDefinition) {
			check(walker, variable.DefaultValue, variable.Type)
		})
	},
}

// enoughErrors ends a validation that has found [maxErrors].
type enoughErrors struct{}

// validate holds a document, whose shape is checked, to the schema. steps is how much work it was.
func validate(schema *ast.Schema, document *ast.QueryDocument) (errs gqlerror.List, steps int) {
	observers := &core.Events{}
	countSteps(observers, &steps)
	var integers []*ast.Value
	observers.OnValue(func(_ *core.Walker, value *ast.Value) {
		if value.Kind == ast.IntValue {
			integers = append(integers, value)
		}
	})
	for _, rule := range documentRules {
		rule.RuleFunc(observers, func(options ...core.ErrorOption) {
			err := &gqlerror.Error{Rule: strings.TrimSuffix(rule.Name, "WithoutSuggestions")}
			for _, option := range options {
				option(err)
			}
			if slices.ContainsFunc(errs, func(other *gqlerror.Error) bool { return sameError(err, other) }) {
				return // fragments are walked wherever they are spread
			}
			if errs = append(errs, err); len(errs) == maxErrors {
				panic(enoughErrors{})
			}
		})
	}
	walk(schema, document, observers)
	if len(errs) > 0 {
		return errs, steps
	}
	merging := merger{schema: schema, steps: &steps}
	for _, operation := range document.Operations {
		if err := merging.check(operation.SelectionSet); err != nil {
			errs = append(errs, err)
		}
	}
	for _, value := range integers {
		asType(value)
	}
	return errs, steps
}

// asType makes of an integer in a document what its type takes it for: gqlparser makes 64 bits of every one.
func asType(integer *ast.Value) {
	switch definition := integer.Definition; {
	case definition == nil || definition.Name == "JSON": // which has no definition for what is within
		if _, err := strconv.ParseInt(integer.Raw, 10, 64); err != nil {
			integer.Kind = ast.FloatValue
		}
	case definition.Name == "ID":
		integer.Kind = ast.StringValue
	case definition.Name == "Float":
		integer.Kind = ast.FloatValue
	}
}

func sameError(a, b *gqlerror.Error) bool {
	return a.Message == b.Message && slices.Equal(a.Locations, b.Locations)
}

func walk(schema *ast.Schema, document *ast.QueryDocument, observers *core.Events) {
	defer func() {
		if cause := recover(); cause != nil {
			if _, enough := cause.(enoughErrors); !enough {
				panic(cause)
			}
		}
	}()
	core.Walk(schema, document, observers)
}

func countSteps(observers *core.Events, steps *int) {
	observers.OnField(func(*core.Walker, *ast.Field) { *steps++ })
	observers.OnInlineFragment(func(*core.Walker, *ast.InlineFragment) { *steps++ })
	observers.OnFragmentSpread(func(*core.Walker, *ast.FragmentSpread) { *steps++ })
	observers.OnDirective(func(*core.Walker, *ast.Directive) { *steps++ })
	observers.OnValue(func(*core.Walker, *ast.Value) { *steps++ })
	observers.OnVariable(func(*core.Walker, *ast.VariableDefinition) { *steps++ })
}
