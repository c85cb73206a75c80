package account

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const importHead = "kind,login_name,name,email,language,roles,access_points,whitelists,mfa_forced\n"

func (h *house) importUsers(file string, dryRun bool) *ImportReport {
	h.t.Helper()
	return must[*ImportReport](h.t)(h.service.ImportUsers(h.t.Context(), h.account.Handle, strings.NewReader(file), dryRun))
}

// faults are what a report tells: "3 roles import.role_not_found".
func faults(report *ImportReport) []string {
	told := []string{}
	for _, fault := range report.Faults {
		told = append(told, fmt.Sprintf("%d %s %s", fault.Line, fault.Column, fault.Problem.Key))
	}
	return told
}

func TestImportUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		h.role("Support, first line", "VIEW_DOMAIN")
		h.whitelist("Office", "192.0.2.0/24")
		file := "\ufeff" + importHead +
			`PERSONAL,ilse,"Ilse
Kramer",ilse@acme.example,NL,"support, FIRST line;all",WEB;API, office ,false` + "\n"
		if got := faults(h.importUsers(file, false)); !slices.Equal(got, []string{"2 name name.invalid"}) {
			t.Errorf("a name of two lines: %q", got)
		}
		file = strings.Replace(file, "Ilse\nKramer", "Ilse Kramer", 1) + "api,whmcs,Billing,billing@acme.example,,all,API,,\r\n\n"
		for _, dryRun := range []bool{true, false} {
			report := h.importUsers(file, dryRun)
			users := must[*int](t)(store.CountUsers(t.Context(), h.account, db.UserFilter{}, true, 0))
			if report.Created != 2 || len(report.Faults) != 0 || *users != map[bool]int{true: 4, false: 6}[dryRun] {
				t.Errorf("dry run %v: %+v, and %d users", dryRun, report, *users)
			}
		}
		ilse := must[*db.User](t)(store.UserByLoginName(t.Context(), h.account.ID, "ilse"))
		points := must[map[typeid.ID][]*db.AccessPoint](t)(store.AccessPointsByUser(t.Context(), []typeid.ID{ilse.ID}))
		if ilse.Status != db.Invited || ilse.Name != "Ilse Kramer" || ilse.Language != db.Dutch || ilse.MFAForced || ilse.CreatedBy != "" ||
			!slices.Equal(h.roleNames(ilse.ID), []string{"all", "Support, first line"}) ||
			!slices.Equal(h.whitelistNames(ilse.ID), []string{"Office"}) || len(points[ilse.ID]) != 2 {
			t.Errorf("Ilse: %+v", ilse)
		}
		program := must[*db.User](t)(store.UserByLoginName(t.Context(), h.account.ID, "whmcs"))
		if program.Kind != db.API || program.Status != db.Active || !program.MFAForced || program.Language != db.English {
			t.Errorf("the program: %+v", program)
		}
		if waiting := must[int64](t)(store.WaitingMails(t.Context())); waiting != 2 {
			t.Errorf("%d welcome mails wait", waiting)
		}
		events := must[db.List[db.AuditEvent]](t)(store.AuditEvents(t.Context(), db.AuditScope{AccountID: h.account.ID},
			db.AuditEventFilter{Actions: []string{string(audit.UserCreate)}}, db.Page{Limit: 10}))
		for _, event := range events.Items {
			if event.ActorName != "system" || event.ActorID != "" {
				t.Errorf("event by %+v", event.Actor)
			}
		}
		if len(events.Items) != 2 {
			t.Errorf("%d events", len(events.Items))
		}
	})
}

// All or nothing, and every faulty line told.
func TestImportTellsEveryFault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		report := h.importUsers(importHead+
			"PERSONAL,good,Good,good@acme.example,EN,all,WEB,,\n"+
			"ROBOT,x/y,,nowhere,XX,Nothing,DOOR,Nowhere,perhaps\n"+
			"PERSONAL,GOOD,Again,good@ACME.example,EN,all,WEB,,\n"+
			"PERSONAL,short\n"+
			"API,program,Program,program@acme.example,EN,all,WEB,,false\n"+
			"PERSONAL,pasted,Pasted,pasted\u200b@acme.example,EN,all,WEB,,\n"+
			"PERSONAL,fine,Fine,fine@acme.example,EN,,,,\n", false)
		want := []string{
			"3 access_points import.access_point_not_found",
			"3 email email.invalid",
			"3 kind import.kind",
			"3 language import.language",
			"3 login_name login_name.invalid",
			"3 mfa_forced import.boolean",
			"3 name name.required",
			"3 roles import.role_not_found",
			"3 whitelists import.whitelist_not_found",
			"4 email email.taken",
			"4 login_name login_name.taken",
			"5  import.field_count",
			"6 access_points access_point.interactive_for_api",
			"6 mfa_forced mfa_forced.api",
			"7 email email.hidden",
			"8 access_points access_points.required",
			"8 roles roles.required",
		}
		got := faults(report)
		slices.Sort(got)
		if !slices.Equal(got, want) || report.Created != 0 {
			t.Errorf("faults: %q", got)
		}
		if _, err := store.UserByLoginName(t.Context(), h.account.ID, "good"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a faulty file created somebody all the same: %v", err)
		}
		if waiting := must[int64](t)(store.WaitingMails(t.Context())); waiting != 0 {
			t.Errorf("%d mails wait", waiting)
		}
	})
}

func TestImportOfWhatIsNoImport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		for name, c := range map[string]struct {
			file string
			want []string
		}{
			"nothing":              {"", []string{"1  import.head_required"}},
			"a head alone":         {importHead, []string{}},
			"columns in any order": {"mfa_forced,whitelists,access_points,roles,language,email,name,login_name,KIND\n,,WEB,all,EN,a@acme.example,A,ann,PERSONAL\n", []string{}},
			"a column missing":     {"kind,login_name\nPERSONAL,x\n", []string{"1  import.head"}},
			"a column twice":       {strings.Replace(importHead, "name,email", "name,name", 1), []string{"1  import.head"}},
			"colons":               {strings.ReplaceAll(importHead, ",", ":"), []string{"1  import.head"}},
			"an open quote":        {importHead + "PERSONAL,\"x\nPERSONAL,\"y\nROBOT\n", []string{"2  import.open_quote", "3  import.open_quote", "4  import.field_count"}},
			"a cut-off file":       {importHead + "PERSONAL,ann,A,a@acme.example,EN,all,WEB", []string{"2  import.field_count"}},
			"a picture":            {"\x89PNG\r\n\x1a\n\x00\x00", []string{"1  import.not_text"}},
		} {
			if got := faults(h.importUsers(c.file, true)); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		_, err := h.service.ImportUsers(t.Context(), "nobody", strings.NewReader(importHead), false)
		if !errors.Is(err, db.ErrNotFound) {
			t.Errorf("an account that is not there: %v", err)
		}
	})
}
