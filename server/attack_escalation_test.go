package server_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// refused sends a mutation, aliased f, that is to be refused with a problem: "NOT_ALLOWED input.id".
func refused(t *testing.T, what string, client *servertest.Client, document string, want string) {
	t.Helper()
	answer := client.Do("mutation{f:"+document+"{userErrors{code field}}}", nil)
	if got := answer.UserErrors("f"); len(answer.Errors) > 0 || !slices.Contains(got, want) {
		t.Errorf("%s: %s, want %s", what, answer.Body, want)
	}
}

func allowed(t *testing.T, what string, client *servertest.Client, document string) {
	t.Helper()
	answer := client.Do("mutation{f:"+document+"{userErrors{code field message}}}", nil)
	if len(answer.Errors) > 0 || len(answer.UserErrors("f")) > 0 {
		t.Errorf("%s: %s", what, answer.Body)
	}
}

// roleOf is the role that a user has.
func roleOf(account *servertest.Account, id typeid.ID) string {
	return account.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){roles{id}}}`, vars{"u": id}).Text("user.roles.0.id")
}

// B2: who may change roles strips the one of somebody who may do more, and would then be able to manage them, and to plant a
// key that outlives the stripping.
func TestAttackStrippingARole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		finance := acme.Person("finance", "VIEW_DOMAIN", "UPDATE_DOMAIN", "DELETE_DOMAIN")
		clerk := acme.As(acme.Person("clerk", access.ViewUser, access.UpdateUser, access.ViewRole, access.CreateRole, access.UpdateRole, access.DeleteRole, access.ManageAPIKey, "VIEW_DOMAIN"))
		role := roleOf(acme, finance.ID)
		for path, change := range map[string]string{
			"permissions": `permissions:["VIEW_DOMAIN"]`, "name": `name:"Interns"`, "description": `description:"For interns"`,
		} {
			refused(t, "the clerk changes its "+path, clerk, fmt.Sprintf(`updateRole(input:{id:%q,%s})`, role, change), "NOT_ALLOWED input."+path)
		}
		refused(t, "the clerk strips it of everything", clerk, fmt.Sprintf(`updateRole(input:{id:%q,permissions:[]})`, role), "NOT_ALLOWED input.permissions")
		refused(t, "the clerk deletes it", clerk, fmt.Sprintf(`deleteRole(input:{id:%q})`, role), "NOT_ALLOWED input.id")
		refused(t, "the clerk copies it", clerk, fmt.Sprintf(`duplicateRole(input:{id:%q,name:"Copy"})`, role), "NOT_ALLOWED input.id")
		refused(t, "the clerk takes it away", clerk, fmt.Sprintf(`updateUser(input:{id:%q,roleIds:[%q]})`, finance.ID, roleOf(acme, acme.Person("other", "VIEW_DOMAIN").ID)),
			"NOT_ALLOWED input.roleIds")
		refused(t, "the clerk plants a key", clerk, fmt.Sprintf(`createApiKey(input:{userId:%q,description:"x",accessPoints:["WEB"]})`, finance.ID), "NOT_ALLOWED input.userId")
		state := acme.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){permissions apiKeys{totalCount} roles{name}}}`, vars{"u": finance.ID})
		if !strings.Contains(state.Body, "DELETE_DOMAIN") || state.At("user.apiKeys.totalCount") != 0.0 || state.Text("user.roles.0.name") != "Role of finance" {
			t.Errorf("after the attack: %s", state.Body)
		}
		other := site.Account("other")
		theirs := roleOf(other, other.Person("theirs").ID)
		for _, document := range []string{`updateRole(input:{id:%q,permissions:[]})`, `deleteRole(input:{id:%q})`, `duplicateRole(input:{id:%q,name:"Copy"})`} {
			for _, id := range []string{theirs, string(typeid.New("role"))} {
				refused(t, "another account's role", clerk, fmt.Sprintf(document, id), "NOT_FOUND input.id")
			}
		}
		allowed(t, "the clerk changes a role within their own", clerk, fmt.Sprintf(`updateRole(input:{id:%q,permissions:[]})`, roleOf(acme, acme.Person("peer", "VIEW_DOMAIN").ID)))
	})
}

// B1: with nothing but MANAGE_ACCESS_POINT somebody opens what guards an access point that holders of admin use.
func TestAttackOpeningAnAccessPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		guard := e.acme.Person("guard", access.ManageAccessPoint, access.ViewWhitelist, access.ManageWhitelist)
		clerk, web := e.acme.As(guard), e.ids["point"]
		everywhere := clerk.Must(`mutation{createWhitelist(input:{name:"Anywhere",entries:[{cidr:"0.0.0.0/0"}]}){whitelist{id} userErrors{code}}}`, nil).Text("createWhitelist.whitelist.id")
		byKey := e.byKey(e.owner.ID, []string{access.ManageAccessPoint, access.ManageWhitelist, "VIEW_PROCESS"})
		for who, client := range map[string]*servertest.Client{"the clerk": clerk, "an administrator's restricted key": byKey} {
			for path, change := range map[string]string{
				"origins": `origins:["https://evil.example"]`, "whitelistIds": fmt.Sprintf(`whitelistIds:[%q]`, everywhere), "whitelistsReportOnly": `whitelistsReportOnly:false`,
			} {
				refused(t, who+" changes "+path, client, fmt.Sprintf(`updateAccessPoint(input:{id:%q,%s})`, web, change), "NOT_ALLOWED input."+path)
			}
			refused(t, who+" clears all at once", client, fmt.Sprintf(`updateAccessPoint(input:{id:%q,origins:[],whitelistIds:[],name:"Web"})`, web), "NOT_ALLOWED input.whitelistIds")
			refused(t, who+" widens its whitelist", client, fmt.Sprintf(`updateWhitelist(input:{id:%q,entries:[{cidr:"0.0.0.0/0"}]})`, e.list.ID), "NOT_ALLOWED input.id")
			refused(t, who+" deletes its whitelist", client, fmt.Sprintf(`deleteWhitelist(input:{id:%q})`, e.list.ID), "IN_USE input.id")
			refused(t, who+" deletes it", client, fmt.Sprintf(`deleteAccessPoint(input:{id:%q})`, web), "BUILT_IN input.id")
		}
		refused(t, "the clerk takes its secret", clerk, fmt.Sprintf(`rotateAccessPointSecret(input:{id:%q})`, web), "NOT_ALLOWED input.id")
		if answer := clerk.Must(`query($p:ID!){node(id:$p){...on AccessPoint{viewerCanManage origins whitelists{name}}}}`, vars{"p": web}); answer.At("node.viewerCanManage") != false ||
			answer.Text("node.origins.0") != "https://portal.acme.example" || answer.Text("node.whitelists.0.name") != janesList {
			t.Errorf("after the attack: %s", answer.Body)
		}
		made := clerk.Must(`mutation{createAccessPoint(input:{code:"DESK",name:"Desk",kind:INTERACTIVE}){accessPoint{id viewerCanManage} userErrors{code}}}`, nil)
		desk := made.Text("createAccessPoint.accessPoint.id")
		allowed(t, "one that nobody has", clerk, fmt.Sprintf(`updateAccessPoint(input:{id:%q,origins:["https://desk.example"]})`, desk))
		e.Touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.SetUserAccessPoints(ctx, e.acme.Admin.ID, []typeid.ID{typeid.ID(web), typeid.ID(desk)})
		})
		refused(t, "one that a holder of admin has by now", clerk, fmt.Sprintf(`updateAccessPoint(input:{id:%q,origins:["https://evil.example"]})`, desk), "NOT_ALLOWED input.origins")
		other := e.Account("other").AsAdmin()
		for _, id := range []string{desk, string(typeid.New("ap"))} {
			refused(t, "another account", other, fmt.Sprintf(`updateAccessPoint(input:{id:%q,origins:["https://evil.example"]})`, id), "NOT_FOUND input.id")
			refused(t, "another account", other, fmt.Sprintf(`rotateAccessPointSecret(input:{id:%q})`, id), "NOT_FOUND input.id")
		}
	})
}

// B4: a session with a stolen password guesses codes, and lifts its own lock between the guesses: by unlocking, by a key, or by
// a new login name.
func TestAttackLiftingOnesOwnLock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		jim := e.acme.Person("jim", access.ViewUser, access.UpdateUser, access.DeactivateUser, access.CreateUser)
		above := e.acme.Person("above", "UPDATE_DOMAIN")
		e.Touch(func(ctx context.Context, tx *db.Tx) error {
			for _, name := range []string{"jim", "above", "admin"} {
				lock, err := tx.LockThrottle(ctx, db.NameThrottle("acme", name), db.At(e.Clock.Now()))
				if err != nil {
					return err
				}
				lock.Failures, lock.Until = 10, db.At(e.Clock.Now().Add(time.Hour))
				if err := tx.SaveThrottle(ctx, lock); err != nil {
					return err
				}
			}
			return tx.SetUserAccessPoints(ctx, jim.ID, []typeid.ID{typeid.ID(e.ids["point"]), typeid.ID(e.ids["api"])})
		})
		session, key := e.acme.As(jim), e.byKey(jim.ID, nil)
		for who, client := range map[string]*servertest.Client{"jim": session, "jim's key": key} {
			refused(t, who+" unlocks jim", client, fmt.Sprintf(`unlockUser(input:{id:%q})`, jim.ID), "NOT_ALLOWED input.id")
			refused(t, who+" unlocks who may do more", client, fmt.Sprintf(`unlockUser(input:{id:%q})`, above.ID), "NOT_ALLOWED input.id")
			refused(t, who+" unlocks the administrator", client, fmt.Sprintf(`unlockUser(input:{id:%q})`, e.acme.Admin.ID), "NOT_ALLOWED input.id")
		}
		refused(t, "the administrator", e.acme.AsAdmin(), fmt.Sprintf(`unlockUser(input:{id:%q})`, e.acme.Admin.ID), "NOT_ALLOWED input.id")
		for _, name := range []string{"james", "jim", "JIM"} {
			allowed(t, "jim is called "+name, session, fmt.Sprintf(`updateUser(input:{id:%q,loginName:%q})`, jim.ID, name))
			if answer := session.Must(`query($u:ID!){user(by:{id:$u}){lockedUntil}}`, vars{"u": jim.ID}); answer.At("user.lockedUntil") == nil {
				t.Errorf("as %s jim is not locked", name)
			}
			guess := e.Client().Do(`mutation{signIn(input:{account:"acme",loginName:"`+name+`",password:"`+servertest.Password+`"}){next userErrors{code}}}`, nil)
			if got := guess.UserErrors("signIn"); !slices.Equal(got, []string{"WRONG_CREDENTIALS"}) && !slices.Equal(got, []string{"WRONG_CREDENTIALS input"}) {
				t.Errorf("as %s jim's lock lets a try through: %s", name, guess.Body)
			}
		}
		allowed(t, "whom they manage", session, fmt.Sprintf(`unlockUser(input:{id:%q})`, e.jane.ID))
		for _, id := range []typeid.ID{e.Account("other").Admin.ID, typeid.New("user")} {
			refused(t, "another account's", session, fmt.Sprintf(`unlockUser(input:{id:%q})`, id), "NOT_FOUND input.id")
		}
	})
}

// Rule 3: on oneself updateUser changes neither roles, forced MFA nor password, and access points and whitelists only as a
// holder of admin.
func TestAttackOneself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		e := newEstate(t, store)
		jim := e.acme.Person("jim", access.ViewUser, access.UpdateUser, access.ManageWhitelist, "VIEW_DOMAIN")
		e.Touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.SetUserWhitelists(ctx, jim.ID, []typeid.ID{e.local.ID})
		})
		session := e.acme.As(jim)
		for path, change := range map[string]string{
			"roleIds": fmt.Sprintf(`roleIds:[%q]`, e.ids["role"]), "mfaForced": `mfaForced:true`, "password": `password:"nine violet kettles hum beneath"`,
			"whitelistIds": `whitelistIds:[]`, "newWhitelist": `newWhitelist:{name:"Mine",entries:[{cidr:"0.0.0.0/0"}]}`, "whitelistsReportOnly": `whitelistsReportOnly:true`,
			"accessPoints": `accessPoints:["WEB","API"]`,
		} {
			refused(t, "jim changes his "+path, session, fmt.Sprintf(`updateUser(input:{id:%q,%s})`, jim.ID, change), "NOT_ALLOWED input."+path)
		}
		refused(t, "jim empties his whitelist", session, fmt.Sprintf(`updateWhitelist(input:{id:%q,entries:[]})`, e.local.ID), "REQUIRED input.entries")
		allowed(t, "jim renames himself", session, fmt.Sprintf(`updateUser(input:{id:%q,name:"Jim",language:DE})`, jim.ID))
		admin := e.acme.AsAdmin()
		allowed(t, "the administrator on themselves", admin, fmt.Sprintf(`updateUser(input:{id:%q,whitelistIds:[%q],accessPoints:["WEB","API"]})`, e.acme.Admin.ID, e.local.ID))
		refused(t, "the administrator shuts themselves out", admin, fmt.Sprintf(`updateUser(input:{id:%q,whitelistIds:[%q]})`, e.acme.Admin.ID, e.list.ID), "LOCKOUT input.whitelistIds")
		refused(t, "the administrator's whitelist loses their address", admin, fmt.Sprintf(`updateWhitelist(input:{id:%q,entries:[{cidr:"192.0.2.1"}]})`, e.local.ID), "LOCKOUT input.entries")
		allowed(t, "whitelists go and refuse again at once", admin, fmt.Sprintf(`updateUser(input:{id:%q,whitelistIds:[],whitelistsReportOnly:false})`, e.acme.Admin.ID))
	})
}

// Rule 3: the last administrator who can sign in stays: neither deactivated nor deprived of admin or WEB, by two at once either.
func TestAttackLastAdministrator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		second, other := acme.Person("second"), roleOf(acme, acme.Person("other").ID)
		admin := roleOf(acme, acme.Admin.ID)
		acme.AsAdmin().Must(`mutation($u:ID!,$r:ID!){updateUser(input:{id:$u,roleIds:[$r]}){userErrors{code}}}`, vars{"u": second.ID, "r": admin})
		clients := map[typeid.ID]*servertest.Client{acme.Admin.ID: acme.As(second), second.ID: acme.AsAdmin()}
		for _, attack := range []string{`deactivateUser(input:{id:%[1]q})`, `updateUser(input:{id:%[1]q,roleIds:[%[2]q]})`, `updateUser(input:{id:%[1]q,accessPoints:["API"]})`} {
			done := make(chan string, len(clients))
			for id, client := range clients {
				go func() {
					answer := client.Do("mutation{f:"+fmt.Sprintf(attack, id, other)+"{userErrors{code}}}", nil)
					done <- fmt.Sprint(answer.UserErrors("f"), answer.ErrorCodes())
				}()
			}
			outcomes := []string{<-done, <-done}
			administrators := 0
			for _, id := range []typeid.ID{acme.Admin.ID, second.ID} {
				user, err := store.UserByID(t.Context(), acme.ID, id)
				roles, rolesErr := store.RolesByUser(t.Context(), []typeid.ID{id})
				points, pointsErr := store.AccessPointsByUser(t.Context(), []typeid.ID{id})
				if err != nil || rolesErr != nil || pointsErr != nil {
					t.Fatal(err, rolesErr, pointsErr)
				}
				if user.Status == db.Active && slices.ContainsFunc(roles[id], func(r *db.Role) bool { return r.Kind == db.AdminRole }) &&
					slices.ContainsFunc(points[id], func(p *db.AccessPoint) bool { return p.Code == db.Web }) {
					administrators++
				}
			}
			if administrators == 0 {
				t.Fatalf("%s: nobody is left: %v", attack, outcomes)
			}
			site.Touch(func(ctx context.Context, tx *db.Tx) error { return restore(ctx, tx, acme, second, admin) })
			clients = map[typeid.ID]*servertest.Client{acme.Admin.ID: acme.As(second), second.ID: acme.AsAdmin()}
		}
	})
}

// restore makes two users administrators again.
func restore(ctx context.Context, tx *db.Tx, account *servertest.Account, second *db.User, admin string) error {
	points, err := tx.AccessPointsByCode(ctx, account.ID, []string{db.Web})
	if err != nil {
		return err
	}
	for _, id := range []typeid.ID{account.Admin.ID, second.ID} {
		user, err := tx.UserByID(ctx, account.ID, id)
		if err != nil {
			return err
		}
		user.Status = db.Active
		for _, err := range []error{tx.UpdateUser(ctx, user), tx.SetUserRoles(ctx, id, []typeid.ID{typeid.ID(admin)}), tx.SetUserAccessPoints(ctx, id, []typeid.ID{points[db.Web].ID})} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}
