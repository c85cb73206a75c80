// Command generate makes the GraphQL code: what gqlgen makes of the schema and gqlgen.yml, and beside it the functions
// that write the answers of queries by their plans (graph/plan). A new field needs no hand work for either.
package main

import (
	_ "embed"
	"fmt"
	"go/types"
	"log"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
)

//go:embed compiled.gotpl
var compiled string

func main() {
	log.SetFlags(0)
	configuration, err := config.LoadConfigFromDefaultLocations()
	if err == nil {
		err = api.Generate(configuration, api.AddPlugin(compiler{}))
	}
	if err != nil {
		log.Fatal("generate: ", err)
	}
}

// compiler is the plugin of gqlgen that generates the writers.
type compiler struct{}

// Name implements plugin.Plugin.
func (compiler) Name() string { return "compiler" }

// GenerateCode implements plugin.CodeGenerator.
func (compiler) GenerateCode(data *codegen.Data) error {
	found := &reachable{data: data, Types: map[string]*config.TypeReference{}, Objects: map[string]*codegen.Object{}, Interfaces: map[string]*codegen.Interface{}}
	found.object("Query")
	return templates.Render(templates.Options{
		PackageName:     data.Config.Exec.Package,
		Filename:        filepath.Join(data.Config.Exec.DirName, "compiled.generated.go"),
		GeneratedHeader: true,
		Template:        compiled,
		Data:            found,
		Funcs: map[string]any{
			"writeFunc": writeFunc, "isText": isText, "appendFunc": appendFunc, "value": value,
			"takesContext": takesContext, "hasResolved": hasResolved, "hasArguments": hasArguments, "resolves": resolves, "invocation": invocation,
		},
		Packages: data.Config.Packages,
	})
}

// reachable is what queries can lead to.
type reachable struct {
	data       *codegen.Data
	Types      map[string]*config.TypeReference // by the name of their writer
	Objects    map[string]*codegen.Object
	Interfaces map[string]*codegen.Interface
}

func (r *reachable) object(name string) {
	object := r.data.Objects.ByName(name)
	if object == nil || r.Objects[name] != nil {
		return
	}
	r.Objects[name] = object
	for _, field := range object.Fields {
		if r.Compiled(field) {
			r.reference(field.TypeReference)
		}
	}
}

func (r *reachable) reference(reference *config.TypeReference) {
	if r.Types[writeFunc(reference)] != nil {
		return
	}
	r.Types[writeFunc(reference)] = reference
	if reference.IsSlice() || reference.IsPtrToSlice() || reference.IsPtrToIntf() {
		r.reference(reference.Elem())
		return
	}
	r.object(reference.Definition.Name)
	if found := r.data.Interfaces[reference.Definition.Name]; found != nil {
		r.Interfaces[found.Name] = found
		for _, implementor := range found.Implementors {
			r.object(implementor.Name)
			if abstract := r.data.Interfaces[implementor.Name]; abstract != nil {
				r.Interfaces[abstract.Name] = abstract
			}
		}
	}
}

// Compiled says whether a field has a writer. What has none is left to gqlgen: introspection, and ways of binding a field
// that the schema does not use.
func (r *reachable) Compiled(field *codegen.Field) bool {
	reference := field.TypeReference
	return !field.IsReserved() && (field.IsResolver || field.IsMethod() || field.IsVariable()) &&
		!field.Stream && !field.Batch && !field.HasDirectives() && !field.VOkFunc && !field.HasHaser &&
		!reference.IsPtrToPtr() && !reference.IsContext && !reference.HasEnumValues()
}

// AllObjects are those that only mutations lead to as well.
func (r *reachable) AllObjects() codegen.Objects { return r.data.Objects }

// SortedTypes, SortedObjects and SortedInterfaces give the template one order.
func (r *reachable) SortedTypes() []*config.TypeReference   { return inOrder(r.Types) }
func (r *reachable) SortedObjects() []*codegen.Object       { return inOrder(r.Objects) }
func (r *reachable) SortedInterfaces() []*codegen.Interface { return inOrder(r.Interfaces) }

func inOrder[T any](all map[string]T) []T {
	sorted := make([]T, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		sorted = append(sorted, all[name])
	}
	return sorted
}

// writeFunc is the name of the writer of a type, after gqlgen's marshaler of it.
func writeFunc(reference *config.TypeReference) string {
	return "write" + strings.TrimPrefix(reference.MarshalFunc(), "marshal")
}

// isText says whether a value is written as the text that it is.
func isText(reference *config.TypeReference) bool {
	return reference.Marshaler != nil && reference.Marshaler.FullName() == "github.com/99designs/gqlgen/graphql.MarshalString"
}

// appendFunc is the function of the package scalar that writes a value at the end of a buffer, if there is one.
func appendFunc(reference *config.TypeReference) string {
	if reference.Marshaler == nil || reference.CastType != nil && reference.Marshaler.Name() != "MarshalBoolean" {
		return ""
	}
	name, marshals := strings.CutPrefix(reference.Marshaler.Name(), "Marshal")
	switch {
	case !marshals:
		return ""
	case name == "Boolean":
		return "AppendBoolean"
	case !strings.HasSuffix(reference.Marshaler.Pkg().Path(), "/graph/scalar"):
		return ""
	}
	if _, found := reference.Marshaler.Pkg().Scope().Lookup("Append" + name).(*types.Func); found {
		return "Append" + name
	}
	return ""
}

// value is the expression that a marshaler of a scalar takes.
func value(reference *config.TypeReference) string {
	expression := "v"
	if reference.IsTargetNilable() && !reference.IsNilable() {
		expression = "&v"
	} else if !reference.IsTargetNilable() && reference.IsNilable() {
		expression = "*v"
	}
	if reference.CastType != nil {
		return fmt.Sprintf("%s(%s)", templates.CurrentImports.LookupType(reference.CastType), expression)
	}
	return expression
}

func takesContext(field *codegen.Field) bool { return field.IsResolver || field.MethodHasContext }

func hasResolved(object *codegen.Object) bool {
	return !object.IsReserved() && slices.ContainsFunc(object.Fields, func(field *codegen.Field) bool {
		return !field.IsReserved() && takesContext(field)
	})
}

func hasArguments(object *codegen.Object) bool {
	return slices.ContainsFunc(object.Fields, func(field *codegen.Field) bool { return len(field.Args) > 0 })
}

// resolves says whether getting a field's value can fail.
func resolves(field *codegen.Field) bool {
	return field.IsResolver || field.IsMethod() && (!field.NoErr || len(field.Args) > 0)
}

// invocation is the expression that gets a field's value; in one that can fail, with its error.
func invocation(field *codegen.Field) string {
	switch {
	case field.IsResolver:
		return "x.Resolvers." + field.ShortInvocation()
	case field.IsVariable():
		return field.GoReceiverName + "." + field.GoFieldName
	case field.NoErr && len(field.Args) > 0:
		return fmt.Sprintf("%s.%s(%s), nil", field.GoReceiverName, field.GoFieldName, field.CallArgs())
	}
	return fmt.Sprintf("%s.%s(%s)", field.GoReceiverName, field.GoFieldName, field.CallArgs())
}
