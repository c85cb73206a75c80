package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// lists are documents that ask for a list at its maximum, by the object in it. What is asked of each object stands in place of
// %s.
func lists(userIDs string) map[string]string {
	return map[string]string{
		"User":        `{users(first:100){nodes{%s}}}`,
		"Role":        `{roles(first:100){nodes{%s}}}`,
		"Whitelist":   `{whitelists(first:100){nodes{%s}}}`,
		"ApiKey":      `{apiKeys(first:100){nodes{%s}}}`,
		"AuditEvent":  `{auditEvents(first:100){nodes{%s}}}`,
		"AccessPoint": `{accessPoints{%s}}`,
		"MfaStatus":   `{users(first:100){nodes{mfa{%s}}}}`,
		"Session":     `{users(first:100){nodes{sessions{%s}}}}`,
		"Passkey":     `{users(first:100){nodes{mfa{methods{...on Passkey{%s}}}}}}`,
		"Node":        `{nodes(ids:[` + userIDs + `]){...on User{%s}}}`,
		"AccessCheck": `{accessDecision(request:{subject:{userId:` + strings.SplitN(userIDs, ",", 2)[0] + `},accessPoint:"WEB",ip:"192.0.2.7"}){checks{%s}}}`,
	}
}

// filled is an account with a hundred of everything that a list holds, each with something of each kind.
func filled(site *servertest.Site) (account *servertest.Account, client *servertest.Client, userIDs string) {
	site.T.Helper()
	account = site.Account("acme")
	crowd(site, account, 100)
	client = account.AsAdmin()
	var ids []string
	for _, node := range client.Must(`{users(first:100,orderBy:{field:CREATED_AT,direction:DESC}){nodes{id}}}`, nil).At("users.nodes").([]any) {
		ids = append(ids, fmt.Sprint(node.(map[string]any)["id"]))
	}
	site.Touch(func(ctx context.Context, tx *db.Tx) error {
		lists, err := tx.Whitelists(ctx, account.ID, db.WhitelistFilter{}, db.Page{Limit: 100})
		if err != nil {
			return err
		}
		for i, id := range ids {
			user := typeid.ID(id)
			point := &db.AccessPoint{
				ID: typeid.New("ap"), AccountID: account.ID, Code: fmt.Sprint("POINT_", i), Name: "Point", Kind: db.Programmatic, Revision: 1, CreatedAt: 1, UpdatedAt: 1,
			}
			key := &db.APIKey{
				ID: typeid.New("key"), AccountID: account.ID, UserID: user, KeyHash: []byte(id), Hint: "gatekey_1…2", Description: "Key", CreatedAt: 1, CreatedBy: account.Admin.ID,
			}
			if err := tx.CreateAccessPoint(ctx, point); err != nil {
				return err
			}
			if err := tx.SetAccessPointWhitelists(ctx, point.ID, []typeid.ID{lists.Items[i%len(lists.Items)].ID}); err != nil {
				return err
			}
			if err := tx.CreateAPIKey(ctx, key, []typeid.ID{point.ID}, []typeid.ID{lists.Items[i%len(lists.Items)].ID}); err != nil {
				return err
			}
			if _, err := tx.SeeAddresses(ctx, []*db.SeenAddress{{UserID: user, AccessPointID: point.ID, Prefix: prefixOf(site, "192.0.2.7/32"), FirstAt: 1, LastAt: db.At(site.Clock.Now())}}); err != nil {
				return err
			}
			refusal := &db.ReportedRefusal{AskedBy: user, Day: int(db.At(site.Clock.Now()) / (24 * 60 * 60 * 1000)), Prefix: prefixOf(site, "192.0.2.7/32"), UserID: user, Refusals: 1, LastAt: 1}
			if err := tx.ReportRefusals(ctx, refusal); err != nil {
				return err
			}
		}
		return nil
	})
	return account, client, `"` + strings.Join(ids, `","`) + `"`
}

func prefixOf(site *servertest.Site, text string) db.Prefix {
	var prefix db.Prefix
	if err := prefix.Scan(text); err != nil {
		site.T.Fatal(err)
	}
	return prefix
}

// Every field of every object that a list holds is asked of a hundred of them. No list takes more statements than it costs,
// and one that is said to read once for all, or nothing, does.
func TestNoListTakesMoreStatementsThanItCosts(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL()})
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		_, client, userIDs := filled(site)
		asked := 0
		for object, document := range lists(userIDs) {
			definition := schema.Types[object]
			if object == "Node" {
				definition = schema.Types["User"]
			}
			bare := counted(store, client, func() { client.Must(fmt.Sprintf(document, "__typename"), nil) })
			for _, field := range definition.Fields {
				for _, selection := range selectionsOf(schema, field) {
					query := fmt.Sprintf(document, selection)
					var answer *servertest.Answer
					took := counted(store, client, func() { answer = client.Do(query, nil) })
					asked++
					if len(answer.Errors) > 0 {
						if !hasCode(answer, "BAD_USER_INPUT") || !strings.Contains(answer.Body, "cost") {
							t.Errorf("%s: %.300s", selection, answer.Body)
						}
						continue
					}
					if price := priceOf(t, answer); float64(took) > price {
						t.Errorf("%s.%s takes %d statements and costs %v", object, selection, took, price)
					}
					said := graph.StatementsSaid(definition.Name, field.Name)
					if strings.Contains(selection, "totalCount") {
						said += graph.StatementsSaid(field.Type.Name(), "totalCount")
					}
					if more := took - bare; more > said {
						t.Errorf("%s.%s takes %d statements more than nothing, and its price is for %d", object, selection, more, said)
					}
				}
			}
		}
		if asked < 150 {
			t.Errorf("only %d fields were asked for", asked)
		}
	})
}

func priceOf(t *testing.T, answer *servertest.Answer) float64 {
	t.Helper()
	cost, _ := answer.Extensions["cost"].(map[string]any)
	price, ok := cost["requested"].(float64)
	if !ok {
		t.Fatalf("no price: %.300s", answer.Body)
	}
	return price
}

// selectionsOf asks for a field, and where it leads to objects for each of what these read themselves.
func selectionsOf(schema *ast.Schema, field *ast.FieldDefinition) []string {
	leads := schema.Types[field.Type.Name()]
	if leads.IsLeafType() {
		return []string{field.Name}
	}
	if nodes := leads.Fields.ForName("nodes"); nodes != nil {
		return []string{field.Name + "(first:1){nodes{__typename}}", field.Name + "(first:1){totalCount nodes{__typename}}"}
	}
	return []string{field.Name + "{__typename}"}
}

// All of the fields that read at once, as a client may ask for them, and the two that were thousands of statements for a price
// of one: their number does not grow with the list, nor with how often they are asked for.
func TestWhatWasReadForEachIsReadForAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		_, client, _ := filled(site)
		var selection strings.Builder
		for i := range 30 {
			fmt.Fprintf(&selection, "r%d:whitelistReport(days:%d){refusals addressCount addresses{cidr}} s%d:seenAddresses{cidr firstAt lastAt} ", i, 1+i%3, i)
		}
		for _, list := range []string{`{users(first:%d){nodes{%s}}}`, `{accessPoints{%[2]s}}`} {
			var answer *servertest.Answer
			few := counted(store, client, func() { client.Must(fmt.Sprintf(list, 2, selection.String()), nil) })
			many := counted(store, client, func() { answer = client.Must(fmt.Sprintf(list, 100, selection.String()), nil) })
			if many != few || many > 20 {
				t.Errorf("%s: %d statements for two, %d for a hundred", list[:8], few, many)
			}
			if strings.Contains(list, "users") && (answer.At("users.nodes.7.r0.refusals") != 1.0 || answer.At("users.nodes.7.r0.addressCount") != 1.0 ||
				answer.At("users.nodes.7.r29.addresses.0.cidr") != "192.0.2.7/32" || answer.At("users.nodes.7.s9.0.cidr") != "192.0.2.7/32") {
				t.Errorf("not what was reported: %.600v", answer.At("users.nodes.7"))
			}
		}
	})
}

// A count costs once a list, not once an object of it: harmless documents are let through.
func TestTotalCountCostsOnceAList(t *testing.T) {
	site := anySite(t)
	client := site.Account("acme").AsAdmin()
	price := func(query string) float64 { return priceOf(t, client.Must(query, nil)) }
	few, many := price(`{users(first:1){totalCount nodes{id}}}`), price(`{users(first:100){totalCount nodes{id}}}`)
	if many-few != 99 {
		t.Errorf("a count among one costs %v, among a hundred %v", few, many)
	}
	for _, query := range []string{
		`{users(first:100){totalCount nodes{id name roles{name}}} roles(first:100){totalCount nodes{id}} whitelists(first:100){totalCount} apiKeys(first:100){totalCount}}`,
		`{users(first:50){totalCount nodes{id apiKeys(first:5){totalCount} auditEvents(first:5){totalCount}}}}`,
		`{roles(first:100){totalCount nodes{name users(first:3){totalCount nodes{loginName}}}}}`,
	} {
		if price := price(query); price > 30_000 {
			t.Errorf("%s costs %v", query, price)
		}
	}
}

// Every answer says what it cost, and a refusal what to do.
func TestCostIsTold(t *testing.T) {
	client := anySite(t).Account("acme").AsAdmin()
	answer := client.Do(`{users(first:100){nodes{auditEvents(first:100){nodes{actor{roles{users(first:100){nodes{id}}}}}}}}}`, nil)
	cost, _ := answer.Extensions["cost"].(map[string]any)
	if cost["limit"] != 40000.0 || cost["requested"].(float64) <= 40000 || answer.Errors[0].Extensions["cost"] == nil ||
		!strings.Contains(answer.Errors[0].Message, "shorter pages") {
		t.Error(answer.Body)
	}
}

// Whatever cheapFields names has a resolver: a name that went away would hide a new field of that name.
func TestCheapFieldsExist(t *testing.T) {
	for _, field := range slices.Sorted(slices.Values(graph.CheapFields())) {
		object, name, _ := strings.Cut(field, ".")
		if !graph.IsResolved(object, name) {
			t.Errorf("%s has no resolver", field)
		}
	}
}
