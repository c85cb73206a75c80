package account

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Files as spreadsheet programs in the languages of the page save them are read.
func TestImportOfSpreadsheets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.role("Support, first line", "VIEW_DOMAIN")
		excel := strings.ReplaceAll(importHead, ",", ";")
		for i, file := range []string{
			excel + `PERSONAL;LOGIN;Zoë Weiß;LOGIN@acme.example;NL;"Support, first line;all";"WEB;api";;ONWAAR` + "\r\n",
			"sep=;\r\n" + excel + "\"personal\" ; LOGIN ; Zoë Weiß ;LOGIN@acme.example;nl;\"all\nSupport, first line\";\"web\nAPI\";;Nee\r\n",
			strings.ReplaceAll(importHead, ",", "\t") + "PERSONAL\tLOGIN\tZoë Weiß\tLOGIN@acme.example\tNL\tSupport, first line;all\tWEB;API\t\tFAUX\n",
			"Login name,Kind,NAME,E-MAIL,Language,Roles,Access points,Whitelists,MFA forced,,\r" +
				"LOGIN,PERSONAL,Zoë Weiß,LOGIN@acme.example,NL,\"Support, first line;all\",WEB;API,,no,,\r,,,,,,,,,,\r",
		} {
			login := fmt.Sprint("zoe", i)
			file = strings.ReplaceAll(strings.Replace(file, "E-MAIL", "email", 1), "LOGIN", login)
			if report := h.importUsers(file, false); report.Created != 1 {
				t.Errorf("%q: %q", file, faults(report))
				continue
			}
			user := must[*db.User](t)(store.UserByLoginName(t.Context(), h.account.ID, login))
			points := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByUser(t.Context(), []typeid.ID{user.ID}))
			if user.Name != "Zoë Weiß" || user.Language != db.Dutch || user.MFAForced || len(points[user.ID]) != 2 ||
				!slices.Equal(h.roleNames(user.ID), []string{"all", "Support, first line"}) {
				t.Errorf("%q: %+v", file, user)
			}
		}
		// Spreadsheet programs leave out empty cells at the end of a row.
		if got := faults(h.importUsers(importHead+"PERSONAL,ann,A,ann@acme.example,EN,all,WEB\n", true)); len(got) != 0 {
			t.Errorf("a short row: %q", got)
		}
		western := excel + "PERSONAL;jose;Jos\xe9;jose@acme.example;ES;all;WEB;;s\xed\r\n"
		if report := h.importUsers(western, false); report.Created != 1 || report.Encoding != "Windows-1252" {
			t.Errorf("Windows-1252: %q", faults(report))
		}
		jose := must[*db.User](t)(store.UserByLoginName(t.Context(), h.account.ID, "jose"))
		if jose.Name != "José" || !jose.MFAForced {
			t.Errorf("%+v", jose)
		}
	})
}

func TestImportReadsTruthInEveryLanguage(t *testing.T) {
	for value, cells := range map[bool]string{
		true:  "true TRUE Yes y ja J waar WAAR wahr oui vrai VRAI sí si SÍ verdadero VERDADERO x X 1 on",
		false: "false FALSE no N nee nein onwaar falsch FALSCH non faux falso FALSO 0 off",
	} {
		for cell := range strings.FieldsSeq(cells) {
			j := &userImport{}
			if input := j.input(&problem.List{}, importRow{1, map[string]string{"mfa_forced": cell}}); input.MFAForced != value {
				t.Errorf("%s is %v", cell, input.MFAForced)
			}
		}
	}
}

// Row numbers are those of a spreadsheet, every faulty row is reported, and a head that is wrong names its columns.
func TestImportSaysWhereAndWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		report := h.importUsers("sep=,\r\n"+importHead+"\n"+
			"PERSONAL,ann,\"A\nB\",a@acme.example,EN,all,WEB,,\n"+
			",,,,,,,,\n"+
			"PERSONAL,bob,\"Bob \"The\" B\",b@acme.example,EN,\"a\x1b[31m\",WEB,,\n"+
			"PERSONAL,cy,Cy,c@acme.example,EN,all,WEB,,,x\n"+
			"PERSONAL,d\x00ee,Dee,d@acme.example,EN,"+strings.Repeat("r", 1000)+",WEB,,\n", true)
		want := []string{"3 name name.invalid", "5 roles import.role_not_found", "6  import.field_count", "7 login_name login_name.invalid", "7 roles import.role_not_found"}
		got := faults(report)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		for _, fault := range report.Faults {
			if role, ok := fault.Problem.Args["role"].(string); ok && (strings.Contains(role, "\x1b") || len(role) > 100) {
				t.Errorf("shown %q", role)
			}
		}
		head := h.importUsers("kind,Login name,name,emial,roles,roles,access_points,whitelists,colour\n", true).Faults[0].Problem.Args
		for name, want := range map[string]string{
			"found": "kind, Login name, name, emial, roles, roles, access_points, whitelists, colour", "missing": "email, language, mfa_forced",
			"unknown": "emial (email?), colour", "doubled": "roles",
		} {
			if head[name] != want {
				t.Errorf("%s: %q, want %q", name, head[name], want)
			}
		}
		colons := h.importUsers(strings.ReplaceAll(importHead, ",", ":"), true).Faults[0].Problem
		if colons.Args["found"] != strings.TrimSpace(strings.ReplaceAll(importHead, ",", ":")) {
			t.Errorf("another separator: %q", colons.Args)
		}
	})
}

// Within a file, too, both spellings of a domain are one address, and API users may share one.
func TestImportTakesAddressesOnceAmongPersonalUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		got := faults(h.importUsers(importHead+
			"PERSONAL,ann,A,ann@müller.example,EN,all,WEB,,\n"+
			"PERSONAL,bob,B,ANN@xn--mller-kva.example,EN,all,WEB,,\n"+
			"PERSONAL,cy,C,ann@MÜLLER。example,EN,all,WEB,,\n"+
			"API,bot1,Bot,ann@müller.example,EN,all,API,,\n"+
			"API,bot2,Bot,ann@xn--mller-kva.example,EN,all,API,,\n", true))
		if want := []string{"3 email email.taken", "4 login_name login_name.too_short", "4 email email.taken"}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}
