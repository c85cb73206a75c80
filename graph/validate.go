package graph

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxErrors is how many errors of a document are told: the first ones.
const maxErrors = 50

// documentRules are the rules of validation, sorted by name. None of them guesses what a stranger may have meant: guesses
// tell the schema bit by bit. The one about overlapping fields is missing: gqlparser's compares every pair of fields.
var documentRules = func() []core.Rule {
	all := []core.Rule{
		rules.FieldsOnCorrectTypeRuleWithoutSuggestions, rules.FragmentsOnCompositeTypesRule, rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownDirectivesRule, rules.KnownFragmentNamesRule, rules.KnownRootTypeRule, rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.LoneAnonymousOperationRule, rules.MaxIntrospectionDepth, rules.NoFragmentCyclesRule, rules.NoUndefinedVariablesRule,
		rules.NoUnusedFragmentsRule, rules.NoUnusedVariablesRule, rules.PossibleFragmentSpreadsRule, rules.ProvidedRequiredArgumentsRule,
		rules.ScalarLeafsRuleWithoutSuggestions, rules.SingleFieldSubscriptionsRule, rules.UniqueArgumentNamesRule,
		rules.UniqueDirectivesPerLocationRule, rules.UniqueFragmentNamesRule, rules.UniqueInputFieldNamesRule, rules.UniqueOperationNamesRule,
		rules.UniqueVariableNamesRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions, rules.VariablesAreInputTypesRule,
		rules.VariablesInAllowedPositionRule, objectsForInputsRule,
	}
	slices.SortFunc(all, func(a, b core.Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}()

// objectsForInputsRule refuses an object where the schema wants a scalar or enum: gqlparser lets {} through, on which gqlgen
// panics. JSON may be anything.
var objectsForInputsRule = core.Rule{
	Name: "ObjectsForInputs",
	RuleFunc: func(observers *core.Events, addError core.AddErrFunc) {
		observers.OnValue(func(_ *core.Walker, value *ast.Value) {
			if value.Kind == ast.ObjectValue && value.ExpectedType != nil && value.Definition != nil &&
				value.Definition.Kind != ast.InputObject && value.Definition.Name != "JSON" {
				addError(core.Message("Expected value of type %q, found an object.", value.ExpectedType.String()), core.At(value.Position))
			}
		})
	},
}

// enoughErrors ends a validation that has found [maxErrors].
type enoughErrors struct{}

// validate holds a document, whose shape is checked, to the schema. steps is how much work it was.
func validate(schema *ast.Schema, document *ast.QueryDocument) (errs gqlerror.List, steps int) {
	observers := &core.Events{}
	countSteps(observers, &steps)
	for _, rule := range documentRules {
		rule.RuleFunc(observers, func(options ...core.ErrorOption) {
			err := &gqlerror.Error{Rule: rule.Name}
			for _, option := range options {
				option(err)
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
	return errs, steps
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
