package audit

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

// Rule 11: nobody adds a field without deciding what the trail does with it.
func TestEveryFieldHasARule(t *testing.T) {
	for entity, known := range rules {
		missing := map[string]bool{}
		for name := range known {
			missing[name] = true
		}
		for i := range entity.NumField() {
			name := entity.Field(i).Name
			if name == "BaseModel" { // names the table
				continue
			}
			rule, found := known[name]
			delete(missing, name)
			switch {
			case !found:
				t.Errorf("%s.%s has no rule: track it, hide it, or say why it is ignored", entity, name)
			case rule.treatment == ignore && rule.why == "":
				t.Errorf("%s.%s is ignored without a reason", entity, name)
			case rule.treatment != ignore && rule.name == "" && rules[entity.Field(i).Type] == nil:
				t.Errorf("%s.%s has no name in the trail", entity, name)
			}
		}
		for name := range missing {
			t.Errorf("%s has no field %s", entity, name)
		}
	}
}

func TestDiffOfAnUpdateTellsWhatChanged(t *testing.T) {
	before := db.User{LoginName: "jane", LoginKey: "jane", Name: "Jane", MFAForced: false, PasswordHash: "$old", Revision: 1}
	after := db.User{LoginName: "Jane.D", LoginKey: "jane.d", Name: "Jane", MFAForced: true, PasswordHash: "$new", Revision: 2}
	want := []string{"loginName: jane → Jane.D", "password: nil → nil", "mfaForced: false → true", "roles: Finance → Finance, Support 1"}
	got := told(Diff(&before, &after,
		Change("roles", []string{"Finance"}, []string{"Support 1", "Finance"}),
		Change("accessPoints", []string{"WEB", "API"}, []string{"API", "WEB"})))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDiffOfACreationAndADeletion(t *testing.T) {
	point := db.AccessPoint{Code: "PORTAL", Name: "Portal", Kind: db.Interactive, Origins: db.JSON[[]string]{V: []string{"https://b", "https://a"}}}
	want := []string{"code: nil → PORTAL", "name: nil → Portal", "kind: nil → INTERACTIVE", "origins: nil → https://a, https://b", "whitelistsReportOnly: nil → false"}
	if got := told(Diff(nil, &point)); !reflect.DeepEqual(got, want) {
		t.Errorf("created: %q, want %q", got, want)
	}
	role := db.Role{Name: "Support", Permissions: db.NewCodes("VIEW_DOMAIN", "VIEW_CONTACT")}
	want = []string{"name: Support → nil", "permissions: VIEW_CONTACT, VIEW_DOMAIN → nil"}
	if got := told(Diff(&role, nil)); !reflect.DeepEqual(got, want) {
		t.Errorf("deleted: %q, want %q", got, want)
	}
}

func TestDiffLooksIntoThePolicy(t *testing.T) {
	before := db.Account{Name: "Acme", Policy: db.AccountPolicy{PasswordMinLength: 12, SessionIdleMinutes: 30}}
	after := before
	after.Policy.PasswordMinLength, after.Policy.Revision = 16, 1
	if got, want := told(Diff(&before, &after)), []string{"passwordMinLength: 12 → 16"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Rule 13: no secret stands in an audit event, whatever happens to it.
func TestDiffKeepsSecrets(t *testing.T) {
	const secret = "SECRET"
	for entity, known := range rules {
		for name, rule := range known {
			if rule.treatment != hide {
				continue
			}
			with := reflect.New(entity)
			switch field := with.Elem().FieldByName(name); field.Kind() {
			case reflect.String:
				field.SetString(secret)
			default:
				field.SetBytes([]byte(secret))
			}
			for _, pair := range [][2]reflect.Value{{reflect.New(entity), with}, {with, reflect.New(entity)}, {reflect.Zero(with.Type()), with}} {
				changes := told(diff(pair[0].Elem(), pair[1].Elem(), entity))
				hint := rule.name + ": nil → nil"
				if all := strings.Join(changes, "; "); strings.Contains(all, secret) || !strings.Contains(all, hint) {
					t.Errorf("%s.%s: %q", entity, name, all)
				}
			}
		}
	}
}

func told(changes []db.AuditChange) []string {
	var lines []string
	value := func(v *string) string {
		if v == nil {
			return "nil"
		}
		return *v
	}
	for _, change := range changes {
		lines = append(lines, change.Field+": "+value(change.Before)+" → "+value(change.After))
	}
	return lines
}
