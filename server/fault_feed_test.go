package server_test

import (
	"net/http"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Rule 5 outlives the loss of the newest transactions: the database goes back to before some changes, other changes follow
// that get the same numbers in the feed, among them the revocation of a key. A server that ran all the time, and has the key
// in memory, refuses it; so it does with a key and a secret that were made in what was lost.
func TestFaultARevokedKeyIsRefusedAfterTheDatabaseWentBack(t *testing.T) {
	for kind, address := range dbtest.Addresses(t) {
		t.Run(kind, func(t *testing.T) {
			address := address(t)
			w := newTown(t, openStore(t, address), "acme")
			program := func(key string) *servertest.Client {
				client := w.Client()
				client.Header.Set("Authorization", "ApiKey "+key)
				return client
			}
			reason := func(key string) any {
				answer := program(key).Do(`{viewer{permissions}}`, nil)
				if len(answer.Errors) == 0 {
					return ""
				}
				return answer.Errors[0].Extensions["reason"]
			}
			goBack := dbtest.Remember(t, address)
			w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,name:"Lost"}){userErrors{code}}}`, map[string]any{"u": w.user})
			lost, _ := w.newKey(`accessPoints:["API"]`)
			lostSecret := w.newSecret("ISPROXY")
			const path, media = "/access/v1/evaluation", "application/json"
			asked := question("user", "acme/whmcs", "VIEW_DOMAIN", "ISPROXY", "192.0.2.9")
			if status, answer, _ := w.post(path, lostSecret, media, asked); status != http.StatusOK || reason(w.key) != "" || reason(lost) != "" {
				t.Fatalf("before: %d %s", status, answer)
			}
			goBack()
			w.admin.Must(`mutation($k:ID!){revokeApiKey(input:{id:$k}){userErrors{code}}}`, map[string]any{"k": w.keyID})
			for _, name := range []string{"First", "Second", "Third"} { // these get the numbers of what was lost
				w.admin.Must(`mutation($n:String!){createRole(input:{name:$n,permissions:[]}){userErrors{code}}}`, map[string]any{"n": name})
			}
			if got := reason(w.key); got != "KEY_REVOKED" {
				t.Errorf("the revoked key: %v", got)
			}
			if got := reason(lost); got != "SUBJECT_UNKNOWN" {
				t.Errorf("the key that is no longer there: %v", got)
			}
			if status, answer, _ := w.post(path, lostSecret, media, asked); status != http.StatusUnauthorized {
				t.Errorf("the secret that is no longer there: %d %s", status, answer)
			}
		})
	}
}

func openStore(t *testing.T, address string) *db.DB {
	t.Helper()
	store, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}
