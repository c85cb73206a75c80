package graph

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// stillToCome is what the contract promises and the schema does not have yet: whole types, and what types that are there
// still lack. What has come is taken out.
var stillToCome = []string{
	// API keys
	"Query.apiKeys", "Viewer.apiKey", "User.apiKeys", "Assurance.API_KEY", "AuditEvent.apiKey", "AuditEventFilter.apiKeyId",
	"AccountPolicy.apiKeyMaxLifetimeDays", "UpdateAccountPolicyInput.apiKeyMaxLifetimeDays",
	"ApiKey", "ApiKeyStatus", "ApiKeyFilter", "ApiKeyConnection", "ApiKeyEdge", "ApiKeyPayload", "ApiKeySecretPayload",
	"Mutation.createApiKey", "Mutation.rotateApiKey", "Mutation.revokeApiKey", "Mutation.updateApiKey",
	"CreateApiKeyInput", "RotateApiKeyInput", "RevokeApiKeyInput", "UpdateApiKeyInput",
	// access decisions
	"Query.accessDecision", "AccessSubject", "AccessRequest", "AccessDecision", "AccessReason", "AccessCheckKind", "AccessCheck",
	"AccessPoint.secretRotatedAt", "Mutation.rotateAccessPointSecret", "RotateAccessPointSecretInput", "AccessPointSecretPayload",
}

// Clients were promised names and types: none is missing, none is another.
func TestSchemaKeepsItsContract(t *testing.T) {
	text, err := os.ReadFile("testdata/contract.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	promised := shape(gqlparser.MustLoadSchema(&ast.Source{Name: "contract.graphqls", Input: string(text)}))
	present := shape(schema())
	toCome := func(element string) bool {
		owner, _, _ := strings.Cut(element, ".")
		member, _, _ := strings.Cut(element, "(")
		return slices.Contains(stillToCome, owner) || slices.Contains(stillToCome, member)
	}
	for _, element := range slices.Sorted(maps.Keys(promised)) {
		switch got, want := present[element], promised[element]; {
		case toCome(element) && got != "":
			t.Errorf("%s has come: take it out of what is still to come", element)
		case !toCome(element) && got != want:
			t.Errorf("%s is %q, promised was %q", element, got, want)
		}
	}
	for _, element := range stillToCome {
		if promised[element] == "" {
			t.Errorf("%s is still to come, but was never promised", element)
		}
	}
	for element, is := range present {
		if promised[element] == "" && promised[takenBy(element)] != "" && strings.HasSuffix(is, "!") {
			t.Errorf("%s is %q, which clients that know the contract do not give", element, is)
		}
	}
}

// shape returns what clients depend on, by coordinates such as "User.name" and "Query.users(first:)".
func shape(schema *ast.Schema) map[string]string {
	elements := map[string]string{}
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		interfaces := slices.Sorted(slices.Values(definition.Interfaces))
		elements[name] = strings.Join(append([]string{string(definition.Kind)}, interfaces...), " ")
		if definition.Directives.ForName("oneOf") != nil {
			elements[name] += " @oneOf"
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			elements[name+"."+field.Name] = typed(field.Type, field.DefaultValue)
			for _, argument := range field.Arguments {
				elements[name+"."+field.Name+"("+argument.Name+":)"] = typed(argument.Type, argument.DefaultValue)
			}
		}
		for _, value := range definition.EnumValues {
			elements[name+"."+value.Name] = "value"
		}
	}
	return elements
}

func typed(is *ast.Type, otherwise *ast.Value) string {
	if otherwise == nil {
		return is.String()
	}
	return is.String() + " = " + otherwise.String()
}

// takenBy is the field that takes an argument, or the object that takes an input field; empty for what clients do not
// give.
func takenBy(element string) string {
	if field, _, argument := strings.Cut(element, "("); argument {
		return field
	}
	owner, _, member := strings.Cut(element, ".")
	if member && schema().Types[owner].Kind == ast.InputObject {
		return owner
	}
	return ""
}
