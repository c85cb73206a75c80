package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// gatehouseCodes are the permissions that what can be read depends on, and all the others of Gatehouse's own.
var gatehouseCodes = []string{
	access.ViewUser, access.CreateUser, access.UpdateUser, access.DeactivateUser, access.ViewRole, access.CreateRole, access.UpdateRole, access.DeleteRole,
	access.ManageAPIKey, access.ViewWhitelist, access.ManageWhitelist, access.ManageAccessPoint, access.ViewAudit, access.ManageAccount,
}

// need is what reading a field takes: of each group of permissions one.
type need [][]string

func needs(groups ...string) need {
	var n need
	for _, group := range groups {
		n = append(n, strings.Split(group, "|"))
	}
	return n
}

func (n need) metBy(codes []string) bool {
	return !slices.ContainsFunc(n, func(group []string) bool {
		return !slices.ContainsFunc(group, func(code string) bool { return slices.Contains(codes, code) })
	})
}

const (
	people = "VIEW_USER"
	roles  = "VIEW_USER|VIEW_ROLE"
	points = "VIEW_USER|MANAGE_ACCESS_POINT"
	lists  = "VIEW_WHITELIST"
	keys   = "MANAGE_API_KEY"
	trail  = "VIEW_AUDIT"
	ends   = "UPDATE_USER"
	asks   = "VIEW_USER|MANAGE_API_KEY"
	nobody = "NOBODY"
)

// readingNeeds says of every type and, where it is more or less, of every field what a key must have to read it. A key is
// nobody in person, so that nothing is its own but the key itself. A type that is missing fails the test.
var readingNeeds = map[string]need{
	"Query.viewer": {}, "Query.account": {}, "Query.permissionGroups": {}, "Query.auditActions": {}, "Query.node": {}, "Query.nodes": {},
	"Query.user": needs(people), "Query.users": needs(people), "Query.roles": needs(roles), "Query.accessPoints": needs(points),
	"Query.whitelists": needs(lists), "Query.auditEvents": needs(trail), "Query.apiKeys": needs(keys), "Query.mails": needs(people), "Query.accessDecision": needs(asks),

	"Viewer": {}, "Viewer.session": needs(nobody), "Viewer.provenUntil": needs(nobody),
	"Account": {}, "AccountPolicy": {}, "PermissionGroup": {}, "Permission": {},

	"User": needs(people), "User.id": {}, "User.kind": {}, "User.loginName": {}, "User.qualifiedName": {},
	"User.whitelists": needs(people, lists), "User.whitelistReport": needs(people, lists), "User.seenAddresses": needs(people, lists),
	"User.sessions": needs(people, ends), "User.apiKeys": needs(people, keys), "User.auditEvents": needs(people, trail),
	"PermissionOrigin": needs(people), "MfaStatus": needs(people), "TotpMethod": needs(people), "Passkey": needs(people), "Passkey.credentialId": needs(nobody),
	"Session": needs(ends),

	"Mail": needs(people), "Mail.subject": needs(people, trail),

	"Role": needs(roles), "Role.users": needs(people),

	"AccessPoint": needs(points), "AccessPoint.id": {}, "AccessPoint.code": {}, "AccessPoint.name": {}, "AccessPoint.description": {}, "AccessPoint.kind": {},
	"AccessPoint.builtIn": {}, "AccessPoint.whitelists": needs(lists), "AccessPoint.whitelistReport": needs(lists), "AccessPoint.seenAddresses": needs(lists),

	"Whitelist": needs(lists), "Whitelist.accessPoints": needs(lists, points), "Whitelist.users": needs(lists, people), "WhitelistEntry": needs(lists),
	"WhitelistReport": needs(lists), "ReportedAddress": needs(lists), "SeenAddress": needs(lists),

	"ApiKey": {}, "ApiKey.createdBy": needs(people), "ApiKey.whitelists": needs(lists), "ApiKey.replaces": needs(keys), "ApiKey.replacedBy": needs(keys),
	"ApiKey.revokedAt": needs(keys),

	"AuditEvent": needs(trail), "AuditEvent.actor": needs(trail, people), "AuditEvent.apiKey": needs(trail, keys), "AuditEvent.target": needs(trail),
	"AuditChange": needs(trail),

	"AccessDecision": needs(asks), "AccessCheck": needs(asks),
}

func needOf(coordinate string) (need, bool) {
	if n, known := readingNeeds[coordinate]; known {
		return n, true
	}
	kind, _, _ := strings.Cut(coordinate, ".")
	n, known := readingNeeds[kind]
	return n, known
}

// emptyHere are the fields that have no value in the estate, or not every time.
var emptyHere = []string{
	"AuditEvent.apiKey", "AuditEvent.reason", "AuditEvent.target", "AccessCheck.decidedBy", "Query.nodes", "Passkey.authenticator", "AccountPolicy.apiKeyMaxLifetimeDays", "ApiKey.revokedAt", "Mail.sentAt", "Mail.nextAttemptAt", "Mail.linkExpiresAt",
}

func (e *estate) roots() []string {
	ids := `"` + strings.Join([]string{e.ids["account"], e.ids["user"], e.ids["role"], e.ids["list"], e.ids["point"], e.ids["session"], e.ids["key"], e.ids["event"]}, `","`) + `"`
	roots := []string{
		fmt.Sprintf("user(by:{id:%q})", e.ids["user"]), "viewer", "account", "permissionGroups", "auditActions", "users(first:1,filter:{query:\"jane\"})", "roles(first:1)", "accessPoints", "whitelists(first:1)",
		"auditEvents(first:1)", fmt.Sprintf("apiKeys(first:1,filter:{userIds:[%q]})", e.ids["user"]),
		"mails(first:1,filter:{states:[FAILED]})", "user(by:{loginName:\"jane\"})", "user(by:{email:\"" + janesEmail + "\"})", "nodes(ids:[" + ids + "])",
	}
	for _, kind := range []string{"user", "role", "list", "point", "session", "pointSession", "totp", "passkey", "key", "oldKey", "event", "account", "mail"} {
		roots = append(roots, fmt.Sprintf("node(id:%q)", e.ids[kind]))
	}
	for _, subject := range []string{fmt.Sprintf("userId:%q", e.ids["user"]), fmt.Sprintf("apiKeyId:%q", e.ids["key"])} {
		for _, rest := range []string{`accessPoint:"API",ip:"` + janesPrefix + `"`, `accessPoint:"API",ip:"198.51.100.1",permission:"VIEW_DOMAIN"`} {
			roots = append(roots, "accessDecision(request:{subject:{"+subject+"},"+rest+"})")
		}
	}
	return roots
}

// B10: every field of every type, by every edge that leads to it, with keys that have one permission, all but one, all and
// none: what can be read is what the table says, no more and no less.
func TestAttackEveryFieldIsReadByPermission(t *testing.T) {
	for _, coordinate := range coordinates() {
		if _, known := needOf(coordinate); !known {
			t.Errorf("nobody has decided who may read %s", coordinate)
		}
	}
	e := newEstate(t, open(t))
	for name, codes := range sets() {
		t.Run(name, func(t *testing.T) {
			w := walk(t, e.byKey(e.owner.ID, append([]string{"VIEW_PROCESS"}, codes...)), e.roots()...)
			for _, coordinate := range coordinates() {
				n, _ := needOf(coordinate)
				may, read := n.metBy(codes), w.read[coordinate]
				switch {
				case read && !may:
					t.Errorf("%s is read without %v", coordinate, n)
				case may && !read && len(codes) >= len(gatehouseCodes)-1 && !slices.Contains(emptyHere, coordinate):
					t.Errorf("%s is not read: %v", coordinate, w.refused[coordinate])
				}
			}
			for secret, n := range map[string]need{
				janesEmail: needs("VIEW_USER|VIEW_AUDIT"), janesName: needs("VIEW_USER|VIEW_AUDIT"), janesRole: needs("VIEW_USER|VIEW_ROLE|VIEW_AUDIT"),
				janesList: needs("VIEW_WHITELIST|VIEW_AUDIT"), janesPrefix + "/": needs("VIEW_WHITELIST|VIEW_AUDIT"), "Note of": needs(lists), janesAgent: needs(ends),
				janesSubject: needs("VIEW_AUDIT"), janesAnswer: needs(people), "the text of": needs(nobody),
			} {
				if strings.Contains(strings.ReplaceAll(w.bodies.String(), `\u0026`, "&"), secret) && !n.metBy(codes) {
					t.Errorf("%q is read", secret)
				}
			}
		})
	}
}

// sets are the sets of permissions that keys are restricted to.
func sets() map[string][]string {
	sets := map[string][]string{"all": gatehouseCodes, "none": {}}
	for i, code := range gatehouseCodes {
		sets["only "+code] = []string{code}
		sets["without "+code] = slices.Delete(slices.Clone(gatehouseCodes), i, i+1)
	}
	return sets
}

// Everybody sees all of themselves in person, and without permissions nothing of others but what names them.
func TestAttackReadingInPerson(t *testing.T) {
	e := newEstate(t, open(t))
	own := walk(t, e.acme.Session(e.jane, db.ByMFA), "viewer", fmt.Sprintf("user(by:{id:%q})", e.jane.ID), "auditEvents(first:1)")
	for _, field := range schemaOf.Types["User"].Fields {
		beyond := slices.Contains([]string{"whitelistReport", "seenAddresses", "apiKeys", "createdBy", "undeliveredMail"}, field.Name)
		if read := own.read["User."+field.Name]; read == beyond && !strings.HasPrefix(field.Name, "__") {
			t.Errorf("jane reads her %s: %v (%v)", field.Name, read, own.refused["User."+field.Name])
		}
	}
	for _, coordinate := range []string{"AccessPoint.origins", "AccessPoint.userCount", "AccessPoint.whitelists", "AccessPoint.seenAddresses", "Role.userCount", "Role.users", "Whitelist.users", "Whitelist.accessPoints"} {
		if own.read[coordinate] {
			t.Errorf("jane reads %s without permission", coordinate)
		}
	}
	clerk := e.acme.Person("clerk", access.ManageAPIKey)
	seen := walk(t, e.acme.As(clerk), fmt.Sprintf("apiKeys(first:1,filter:{userIds:[%q]})", e.jane.ID), fmt.Sprintf("node(id:%q)", e.ids["key"]))
	for _, field := range schemaOf.Types["User"].Fields {
		names := slices.Contains([]string{"id", "kind", "loginName", "qualifiedName"}, field.Name)
		if read := seen.read["User."+field.Name]; read != names && !strings.HasPrefix(field.Name, "__") {
			t.Errorf("who manages jane's key reads her %s: %v", field.Name, read)
		}
	}
	if strings.Contains(seen.bodies.String(), janesEmail) || !seen.read["ApiKey.hint"] {
		t.Errorf("what who manages keys reads: %v", seen.read)
	}
}

// Filters tell no more than lists: without VIEW_WHITELIST users are not found by their whitelists.
func TestAttackFiltersAreNoOracle(t *testing.T) {
	e := newEstate(t, open(t))
	viewer := e.acme.As(e.acme.Person("viewer", access.ViewUser))
	for _, ask := range []string{`{users(filter:{whitelistIds:[%q]}){nodes{id}}}`, `{users(filter:{whitelistIds:[%q]}){totalCount}}`} {
		if answer := viewer.Do(fmt.Sprintf(ask, e.list.ID), nil); fmt.Sprint(answer.ErrorCodes()) != "[FORBIDDEN users]" {
			t.Errorf("%s: %s", ask, answer.Body)
		}
	}
}

// Without VIEW_AUDIT one's own events keep what belongs to others: their names and values, and where they are.
func TestAttackOwnEventsTellNothingOfOthers(t *testing.T) {
	e := newEstate(t, open(t))
	clerk := e.acme.Person("clerk", access.UpdateUser, access.DeactivateUser)
	session := e.acme.As(clerk)
	session.Do(`mutation($u:ID!){deactivateUser(input:{id:$u}){user{id}}}`, vars{"u": e.acme.Admin.ID})
	session.Must(`mutation($u:ID!){updateUser(input:{id:$u,name:"Renamed",loginName:"renamed",whitelistIds:[]}){user{id} userErrors{code}}}`, vars{"u": e.jane.ID})
	e.acme.AsAdmin().Must(`mutation($u:ID!){updateUser(input:{id:$u,name:"Clerk"}){userErrors{code}}}`, vars{"u": clerk.ID})
	answer := session.Must(`{auditEvents(first:100){nodes{action outcome reason targetName ip actorName target{id} changes{field before after}}}}`, nil)
	for _, secret := range []string{"jane", janesName, janesList, "acme/renamed"} {
		if strings.Contains(answer.Body, secret) {
			t.Errorf("%q stands in %s", secret, answer.Body)
		}
	}
	events, _ := answer.At("auditEvents.nodes").([]any)
	if len(events) != 3 {
		t.Fatalf("%s", answer.Body)
	}
	last, first := events[0].(map[string]any), events[2].(map[string]any)
	if last["ip"] != nil || last["targetName"] != "acme/clerk" || first["ip"] == nil || first["targetName"] != nil || first["reason"] != "NOT_ALLOWED" {
		t.Errorf("by the administrator: %v; refused: %v", last, first)
	}
	whole := e.acme.As(e.acme.Person("auditor", access.ViewAudit)).Must(`{auditEvents(first:100){nodes{targetName ip changes{before after}}}}`, nil)
	if !strings.Contains(whole.Body, "acme/jane") || !strings.Contains(whole.Body, janesList) {
		t.Errorf("the whole trail: %s", whole.Body)
	}
}

// What a refusal says tells no more than reading.
func TestAttackRefusalsTellNothing(t *testing.T) {
	e := newEstate(t, open(t))
	above := e.acme.Person("above", "UPDATE_DOMAIN")
	role := e.acme.AsAdmin().Must(`query($u:ID!){user(by:{id:$u}){roles{id}}}`, vars{"u": above.ID}).Text("user.roles.0.id")
	clerk := e.acme.As(e.acme.Person("clerk", access.UpdateUser, access.CreateUser, access.UpdateRole))
	sees := e.acme.As(e.acme.Person("sees", access.UpdateUser, access.CreateUser, access.UpdateRole, access.ViewUser))
	for _, document := range []string{
		`mutation{updateUser(input:{id:$u,email:"x@acme.example"}){userErrors{code message}}}`,
		`mutation{resetUserMfa(input:{id:$u}){userErrors{code message}}}`,
		`mutation{updateRole(input:{id:$r,name:"x"}){userErrors{code message}}}`,
		`mutation{createUser(input:{kind:PERSONAL,loginName:"new",email:"new@acme.example",name:"x",language:EN,roleIds:[$r],mfaForced:false,accessPoints:["WEB"]}){userErrors{code message}}}`,
	} {
		document = strings.NewReplacer("$u", fmt.Sprintf("%q", above.ID), "$r", fmt.Sprintf("%q", role)).Replace(document)
		answer := clerk.Do(document, nil)
		if !strings.Contains(answer.Body, "NOT_ALLOWED") || strings.Contains(answer.Body, "UPDATE_DOMAIN") || strings.Contains(answer.Body, "Role of above") {
			t.Errorf("%s: %s", document, answer.Body)
		}
		if answer := sees.Do(document, nil); !strings.Contains(answer.Body, "UPDATE_DOMAIN") && !strings.Contains(answer.Body, "Role of above") {
			t.Errorf("who sees users is not told what is missing: %s", answer.Body)
		}
	}
}
