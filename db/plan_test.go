package db_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const crowdSize = 30_000

// Every page of every list is found through an index: the plan of no statement reads or sorts a whole table. Counts stop at
// their limit and nowhere else.
func TestPlansOfPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		f, told := fill(t, store, crowdSize), documented{}
		check := func(name string, ask func(db.Reader) error) {
			t.Helper()
			plans, err := store.Plans(t.Context(), ask)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			told.add(name, plans)
			for _, plan := range plans {
				if fault := faultOf(plan); fault != "" {
					t.Errorf("%s: %s\n%s\n%s", name, fault, plan.Statement, plan.Steps)
				}
			}
		}
		middle, err := store.UserByLoginName(t.Context(), f.account.ID, fmt.Sprintf("user-%07d", crowdSize/2))
		if err != nil {
			t.Fatal(err)
		}
		for name, filter := range userFilters(f) {
			for _, field := range []db.UserOrderField{db.ByLoginName, db.ByName, db.ByEmail, db.ByCreation, db.ByLastSignIn} {
				for _, direction := range []db.SortDirection{db.Ascending, db.Descending} {
					by := db.UserOrder{Field: field, Direction: direction}
					for where, page := range pagesAround(by.Cursor(middle)) {
						check(fmt.Sprint("users ", name, " ", field, " ", direction, " ", where), func(r db.Reader) error {
							_, err := r.Users(t.Context(), f.account, filter, by, page, 10)
							return err
						})
					}
				}
			}
		}
		for name, filter := range userFilters(f) {
			if name == "all" {
				continue // kept on the account
			}
			exact, err := store.CountUsers(t.Context(), f.account, filter, true, 10)
			quick, limited := store.CountUsers(t.Context(), f.account, filter, false, 10)
			if err != nil || limited != nil || (quick == nil) != (*exact > db.CountLimit) || quick != nil && *quick != *exact {
				t.Errorf("%s: counted %v of %d, %v, %v", name, quick, *exact, err, limited)
			}
		}
		for where, page := range pagesAround(db.Cursor{Key: "5000", ID: f.user}) {
			for name, filter := range eventFilters(f) {
				check("events "+name+" "+where, func(r db.Reader) error {
					_, err := r.AuditEvents(t.Context(), db.AuditScope{AccountID: f.account.ID}, filter, page)
					return err
				})
			}
			for name, filter := range map[string]db.APIKeyFilter{"all": {}, "of a user": {UserIDs: []typeid.ID{f.user}}, "of two": {UserIDs: []typeid.ID{f.user, middle.ID}}} {
				check("keys "+name+" "+where, func(r db.Reader) error {
					_, err := r.APIKeys(t.Context(), db.APIKeyScope{AccountID: f.account.ID, Own: f.user, Beyond: []typeid.ID{f.rare}}, filter, page, 10)
					return err
				})
			}
		}
		check("sessions after", func(r db.Reader) error {
			_, err := r.SessionsByUser(t.Context(), f.account.Policy, 10, []typeid.ID{f.user})
			return err
		})
		kind, version, err := store.Version(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		told.hold(t, kind, version)
	})
}

func pagesAround(cursor db.Cursor) map[string]db.Page {
	return map[string]db.Page{
		"first": {Limit: 50}, "after": {Limit: 50, After: &cursor},
		"last": {Limit: 50, Backward: true}, "before": {Limit: 50, Before: &cursor, Backward: true},
	}
}

func userFilters(f filled) map[string]db.UserFilter {
	few, many, short, yes, before := "user-0012345", "example", "12", true, db.Time(3)
	return map[string]db.UserFilter{
		"all":                      {},
		"by a search, few":         {Query: &few},
		"by a search, many":        {Query: &many},
		"by two characters":        {Query: &short},
		"with a rare role":         {RoleIDs: []typeid.ID{f.rare}},
		"with a common role":       {RoleIDs: []typeid.ID{f.common}},
		"with a whitelist":         {WhitelistIDs: []typeid.ID{f.list}},
		"invited":                  {Statuses: []db.UserStatus{db.Invited}},
		"active":                   {Statuses: []db.UserStatus{db.Active}},
		"programs":                 {Kinds: []db.UserKind{db.API}},
		"locked":                   {Locked: &yes},
		"enrolled":                 {MFAEnrolled: &yes},
		"long absent":              {LastSignInBefore: &before},
		"searched, with a role":    {Query: &many, RoleIDs: []typeid.ID{f.rare}},
		"invited, few by a search": {Query: &few, Statuses: []db.UserStatus{db.Invited}, RoleIDs: []typeid.ID{f.common}},
	}
}

func eventFilters(f filled) map[string]db.AuditEventFilter {
	from, to := db.Time(100), db.Time(9000)
	return map[string]db.AuditEventFilter{
		"all": {}, "between": {From: &from, To: &to}, "by": {ActorID: &f.user}, "on": {TargetID: &f.user}, "by or on": {SubjectID: &f.user},
		"rare action":         {Actions: []string{"role.update"}},
		"rare outcome":        {Outcomes: []db.AuditOutcome{db.Denied}},
		"common with outcome": {Actions: []string{"session.signIn"}, Outcomes: []db.AuditOutcome{db.Denied}},
	}
}

var (
	wholeTable  = regexp.MustCompile(`(?m)^SCAN (u|event|k|mail|last|users|user_roles|user_whitelists|audit_events|api_keys)\b`)
	throughByID = regexp.MustCompile(`SEARCH (u|event|k|mail) USING INDEX sqlite_autoindex_\w+ \(id=\?\)`)
)

// faultOf says what is wrong with a plan: it reads a whole table, or sorts more than was gathered through an index.
func faultOf(plan db.Plan) string {
	if !strings.HasPrefix(plan.Steps, "[") {
		switch {
		case wholeTable.MatchString(plan.Steps):
			return "scans a table"
		case strings.Contains(plan.Steps, "USE TEMP B-TREE FOR ORDER BY") && !throughByID.MatchString(plan.Steps) && !strings.Contains(plan.Steps, "(user_id=?"):
			return "sorts a table"
		}
		return ""
	}
	var explained []struct{ Plan step }
	if err := json.Unmarshal([]byte(plan.Steps), &explained); err != nil {
		return err.Error()
	}
	return explained[0].Plan.fault()
}

// step is a node of a plan of PostgreSQL.
type step struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Plan Rows"`
	Plans    []step
}

// fault judges by the estimate of rows: it is of the same statistics that the plan was made by.
func (s step) fault() string {
	switch {
	case s.Type == "Seq Scan" && s.Relation != "throttles" && s.Relation != "totp_methods" && s.Relation != "passkeys" && s.Relation != "sessions" && s.Relation != "access_point_sessions":
		return "scans " + s.Relation
	case s.Type == "Sort" && s.Rows > crowdSize/5:
		return fmt.Sprintf("sorts %g rows", s.Rows)
	}
	for _, part := range s.Plans {
		if fault := part.fault(); fault != "" {
			return fault
		}
	}
	return ""
}
