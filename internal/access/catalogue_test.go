package access

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
)

var ownCodes = []string{
	ViewUser, CreateUser, UpdateUser, DeactivateUser, ViewRole, CreateRole, UpdateRole, DeleteRole, ManageAPIKey,
	ViewWhitelist, ManageWhitelist, ManageAccessPoint, ViewAudit, ManageAccount,
}

func load(t *testing.T, content string) (*Catalogue, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "operator.yaml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadCatalogue(file)
}

func mustLoad(t *testing.T, content string) *Catalogue {
	t.Helper()
	catalogue, err := load(t, content)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

func groupCodes(c *Catalogue) []string {
	var codes []string
	for _, group := range c.Groups() {
		codes = append(codes, group.Code)
	}
	return codes
}

func TestBuiltinHasTheGroupsOfTheFieldInOrder(t *testing.T) {
	want := []string{"General", "Domains", "SSL certificates", "Users", "Financial", "Notifications", "Contacts",
		"DNS templates", "DNS zones", "Hosts", "Customers"}
	var got []string
	for _, group := range Builtin().Groups() {
		got = append(got, group.Names.In(db.English))
	}
	if !slices.Equal(got, want) {
		t.Errorf("groups %q, want %q", got, want)
	}
}

func TestBuiltinHasWhatTheFieldKnows(t *testing.T) {
	known := strings.Fields(`VIEW_PROCESS CANCEL_PROCESS RESEND_PROCESS
		VIEW_DOMAIN CREATE_DOMAIN UPDATE_DOMAIN RENEW_DOMAIN TRANSFER_DOMAIN RESTORE_DOMAIN DELETE_DOMAIN PUSH_DOMAIN
		PREMIUM_DOMAIN ADAC_ACCESS DESIGNATED_AGENT BRAND_PRIVACY VIEW_REGISTRY_ACCOUNT CONTACT_VALIDATION CONTACT_VERIFICATION
		VIEW_DNS_ZONE CREATE_DNS_ZONE UPDATE_DNS_ZONE DELETE_DNS_ZONE VIEW_DNS_ZONE_STATS MANAGE_API_KEY
		VIEW_CONTACT UPDATE_HOST DELETE_DNS_TEMPLATE CREATE_BRAND VIEW_CREDIT VIEW_TRANSACTION VIEW_PRICE_LIST VIEW_CUSTOMER
		REISSUE_SSL_CERTIFICATE ACKNOWLEDGE_NOTIFICATION`)
	for _, code := range slices.Concat(known, ownCodes) {
		if !Builtin().Has(code) {
			t.Errorf("%s is missing", code)
		}
	}
	if essential := Builtin().Essential(); !slices.Equal(essential, []string{"VIEW_PROCESS"}) {
		t.Errorf("essential: %v", essential)
	}
}

func TestBuiltinIsTranslated(t *testing.T) {
	for _, group := range Builtin().Groups() {
		if len(group.Names) != len(languages) {
			t.Errorf("group %s has %d names", group.Code, len(group.Names))
		}
		for _, permission := range group.Permissions {
			if len(permission.Names) != len(languages) || len(permission.Descriptions) != len(languages) {
				t.Errorf("%s has %d names and %d descriptions", permission.Code, len(permission.Names), len(permission.Descriptions))
			}
		}
	}
	if name, _ := Builtin().Names("RENEW_DOMAIN", db.Dutch); name != "Domeinen verlengen" {
		t.Errorf("RENEW_DOMAIN in Dutch: %q", name)
	}
	if name, description := Builtin().Names("GONE_CODE", db.Dutch); name != "GONE_CODE" || description != "" {
		t.Errorf("a code that is not there: %q, %q", name, description)
	}
}

func TestVerbAndNounPlaceAPermissionInTheMatrix(t *testing.T) {
	for code, want := range map[string][2]string{
		"VIEW_DNS_ZONE_STATS": {"VIEW", "DNS_ZONE_STATS"},
		"MANAGE_ACCESS_POINT": {"MANAGE", "ACCESS_POINT"},
		"PREMIUM_DOMAIN":      {},
		"CONTACT_VALIDATION":  {},
	} {
		if p := Builtin().permissions[code]; p.Verb != want[0] || p.Noun != want[1] {
			t.Errorf("%s: verb %q, noun %q", code, p.Verb, p.Noun)
		}
	}
}

func TestBuiltInRolesFollowTheCatalogue(t *testing.T) {
	admin, all := Builtin().Grants(&db.Role{Kind: db.AdminRole}), Builtin().Grants(&db.Role{Kind: db.AllRole})
	for _, group := range Builtin().Groups() {
		for _, permission := range group.Permissions {
			if want := group.Code == "GENERAL" || group.Code == "USERS"; admin.Has(permission.Code) != want {
				t.Errorf("admin has %s: %v", permission.Code, !want)
			}
			if want := permission.Code != "PREMIUM_DOMAIN" && permission.Code != "ADAC_ACCESS"; all.Has(permission.Code) != want {
				t.Errorf("all has %s: %v", permission.Code, !want)
			}
		}
	}
}

func TestCustomRolesGrantWhatTheCatalogueStillHas(t *testing.T) {
	role := &db.Role{Kind: db.CustomRole, Permissions: db.NewCodes("UPDATE_DOMAIN", "OLD_CODE", "PREMIUM_DOMAIN")}
	if codes := Builtin().Grants(role).Codes(); !slices.Equal(codes, []string{"PREMIUM_DOMAIN", "UPDATE_DOMAIN", "VIEW_PROCESS"}) {
		t.Errorf("grants %v", codes)
	}
	if retired := Builtin().Retired(role); !slices.Equal(retired, []string{"OLD_CODE"}) {
		t.Errorf("retired %v", retired)
	}
	if retired := Builtin().Retired(&db.Role{Kind: db.AdminRole}); retired == nil || len(retired) != 0 {
		t.Errorf("a built-in role retires %v", retired)
	}
}

const bakery = `
verbs: [BAKE]
groups:
  - code: BREAD
    name: Bread
    permissions:
      - {code: BAKE_BREAD, name: {en: Bake bread, nl: Brood bakken}}
      - {code: TASTE_BREAD, name: Taste bread, essential: true}
      - {code: SECRET_RECIPE, name: Secret recipe, outside_all: true}
  - code: USERS
    permissions:
      - {code: HIRE_BAKER, name: Hire bakers}
`

// An operator's file takes the place of the registrar's, but Gatehouse's own permissions are always there.
func TestAnOperatorsCatalogue(t *testing.T) {
	catalogue := mustLoad(t, bakery)
	if codes := groupCodes(catalogue); !slices.Equal(codes, []string{"GENERAL", "BREAD", "USERS"}) {
		t.Errorf("groups %v", codes)
	}
	for _, code := range ownCodes {
		if !catalogue.Has(code) {
			t.Errorf("%s is missing", code)
		}
	}
	if catalogue.Has("VIEW_DOMAIN") {
		t.Error("the registrar's permissions are still there")
	}
	if name, _ := catalogue.Names("BAKE_BREAD", db.French); name != "Bake bread" {
		t.Errorf("what is not translated stands in English, not %q", name)
	}
	admin, all := catalogue.Grants(&db.Role{Kind: db.AdminRole}), catalogue.Grants(&db.Role{Kind: db.AllRole})
	if !admin.Has("HIRE_BAKER") || !admin.Has("TASTE_BREAD") || admin.Has("BAKE_BREAD") {
		t.Errorf("admin grants %v", admin.Codes())
	}
	if all.Has("SECRET_RECIPE") || !all.Includes(admin) {
		t.Errorf("all grants %v", all.Codes())
	}
	if Builtin().Has("HIRE_BAKER") || own().Has("HIRE_BAKER") {
		t.Error("one catalogue shows in another")
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	permission := "groups:\n  - code: BREAD\n    name: Bread\n    permissions:\n      - code: BAKE_BREAD\n        name: Bake\n"
	for name, c := range map[string]struct{ content, want string }{
		"empty":                 {"", "line 1: the file is empty"},
		"no groups":             {"verbs: [BAKE]", "line 1: missing groups"},
		"no mapping":            {"- a", "line 1: want keys groups, verbs"},
		"bad YAML":              {"groups:\n\t- x", "line 2"},
		"two documents":         {permission + "---\ngroups: []\n", "line 7: a second document"},
		"unknown key":           {permission + "        colour: red\n", `line 7: unknown key "colour"`},
		"doubled key":           {permission + "        name: Bake\n", `line 7: key "name" stands twice`},
		"missing name":          {permission + "      - code: TASTE_BREAD\n", "line 7: missing name"},
		"missing English name":  {permission + "      - {code: TASTE_BREAD, name: {nl: Proeven}}\n", "line 7: missing en"},
		"unknown language":      {permission + "      - {code: TASTE_BREAD, name: {en: Taste, it: Assaggia}}\n", `line 7: unknown key "it"`},
		"empty name":            {permission + "      - {code: TASTE_BREAD, name: ' '}\n", "line 7: text is empty"},
		"not UTF-8":             {permission + "  # \xff\n", "line 7: not UTF-8"},
		"hidden characters":     {permission + "      - {code: TASTE_BREAD, name: \"a\\u202Eb\"}\n", "line 7: text with control"},
		"long name":             {permission + "      - {code: TASTE_BREAD, name: " + strings.Repeat("x", 121) + "}\n", "line 7: text is longer than 120"},
		"bad code":              {permission + "      - {code: taste-bread, name: Taste}\n", `line 7: bad code "taste-bread"`},
		"code of one word":      {permission + "      - {code: TASTE, name: Taste}\n", `line 7: bad code "TASTE"`},
		"doubled code":          {permission + "      - {code: BAKE_BREAD, name: Bake}\n", "line 7: code BAKE_BREAD stands already in line 5"},
		"doubled group":         {permission + "  - {code: BREAD, name: Bread, permissions: [{code: A_B, name: A}]}\n", "line 7: code BREAD stands already in line 2"},
		"Gatehouse's code":      {permission + "      - {code: VIEW_USER, name: View}\n", "line 7: VIEW_USER is Gatehouse's own"},
		"Gatehouse's group":     {permission + "  - code: USERS\n    name: People\n", "line 8: group USERS is Gatehouse's own"},
		"group without name":    {permission + "  - code: CAKE\n", "line 7: group CAKE has no name"},
		"empty group":           {permission + "  - {code: CAKE, name: Cake}\n", "line 7: group CAKE has no permissions"},
		"text where a list":     {permission + "  - {code: CAKE, name: Cake, permissions: none}\n", "line 7: want a list"},
		"number where text":     {permission + "      - {code: TASTE_BREAD, name: 7}\n", "line 7: want text"},
		"text where true":       {permission + "        essential: perhaps\n", "line 7: want true or false"},
		"essential and outside": {permission + "        essential: true\n        outside_all: true\n", "line 5: BAKE_BREAD is essential"},
		"an alias":              {permission + "      - &a {code: TASTE_BREAD, name: Taste}\n      - *a\n", "line 8: want keys"},
	} {
		_, err := load(t, c.content)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "operator.yaml") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := LoadCatalogue(filepath.Join(t.TempDir(), "none.yaml")); err == nil {
		t.Error("a file that is not there is no error")
	}
}

// Whatever stands in a file, it is refused with its line or makes a catalogue that keeps its promises.
func FuzzCatalogue(f *testing.F) {
	f.Add(bakery)
	f.Add("groups: []")
	f.Fuzz(func(t *testing.T, content string) {
		catalogue, err := parse("fuzz.yaml", []byte(content), own())
		if err != nil {
			if !strings.Contains(err.Error(), "line") {
				t.Fatalf("no line: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, group := range catalogue.Groups() {
			for _, p := range group.Permissions {
				if seen[p.Code] || !permissionCode.MatchString(p.Code) || p.Names.In(db.French) == "" || !catalogue.Has(p.Code) {
					t.Fatalf("permission %+v", p)
				}
				seen[p.Code] = true
			}
		}
		for _, code := range ownCodes {
			if !seen[code] {
				t.Fatalf("%s is gone", code)
			}
		}
		for _, kind := range []db.RoleKind{db.AdminRole, db.AllRole, db.CustomRole} {
			if !catalogue.Grants(&db.Role{Kind: kind}).Includes(catalogue.essential) {
				t.Fatalf("%s lacks an essential permission", kind)
			}
		}
	})
}
