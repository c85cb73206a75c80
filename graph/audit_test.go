package graph_test

import (
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// What was refused before anybody looked for a target is about nothing, and says so by null.
func TestEventAboutNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		ids := things(site, acme)
		operations["deleteRole"].ask(acme.As(acme.Person("powerless")), ids)
		answer := acme.AsAdmin().Must(`{auditEvents(filter:{outcomes:[DENIED]}){nodes{action reason targetId targetName target{id}}}}`, nil)
		want := map[string]any{"action": "role.delete", "reason": "FORBIDDEN DELETE_ROLE", "targetId": nil, "targetName": nil, "target": nil}
		for field, value := range want {
			if got := answer.At("auditEvents.nodes.0." + field); got != value {
				t.Errorf("%s: %v, want %v: %s", field, got, value, answer.Body)
			}
		}
	})
}
