package access

import (
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

func viewer(admin bool, codes ...string) *Viewer {
	return &Viewer{Session: &db.Session{Assurance: db.ByMFA}, Permissions: NewSet(codes...), Admin: admin}
}

// Rule 3: nobody gives or takes over what they do not have; holders of admin are bound by nothing.
func TestNobodyGivesOrTakesOverWhatTheyDoNotHave(t *testing.T) {
	admin := viewer(true, Builtin().Grants(&db.Role{Kind: db.AdminRole}).Codes()...)
	almighty := viewer(false, Builtin().Grants(&db.Role{Kind: db.AllRole}).Codes()...)
	support := viewer(false, "VIEW_PROCESS", "VIEW_DOMAIN")
	roles := map[string]*db.Role{
		"admin":   {Kind: db.AdminRole},
		"all":     {Kind: db.AllRole},
		"support": {Kind: db.CustomRole, Permissions: db.NewCodes("VIEW_DOMAIN")},
		"retired": {Kind: db.CustomRole, Permissions: db.NewCodes("VIEW_DOMAIN", "OLD_CODE")},
		"premium": {Kind: db.CustomRole, Permissions: db.NewCodes("PREMIUM_DOMAIN")},
	}
	for name, c := range map[string]struct {
		viewer *Viewer
		may    []string
	}{
		"admin":   {admin, []string{"admin", "all", "premium", "retired", "support"}},
		"all":     {almighty, []string{"all", "retired", "support"}},
		"support": {support, []string{"retired", "support"}},
	} {
		for role, row := range roles {
			want, grants := slices.Contains(c.may, role), Builtin().Grants(row)
			if got := c.viewer.CanAssign(Builtin(), row); got != want {
				t.Errorf("%s may give %s: %v", name, role, got)
			}
			if got := c.viewer.CanManage(grants, row.Kind == db.AdminRole); got != want {
				t.Errorf("%s may manage who has %s: %v", name, role, got)
			}
			if got := c.viewer.CanGrant(grants); got != (want || role == "admin" && name == "all") {
				t.Errorf("%s may put into a role what %s grants: %v", name, role, got)
			}
		}
	}
}

func TestRequireWantsAnyOfThePermissions(t *testing.T) {
	if err := viewer(false, ViewRole).Require(ViewUser, ViewRole); err != nil {
		t.Error(err)
	}
	forbidden, ok := errors.AsType[*ForbiddenError](viewer(false, ViewRole).Require(ViewUser, CreateUser))
	if !ok || forbidden.Permission != ViewUser {
		t.Errorf("refused with %v", forbidden)
	}
}

// Rule 8: forced and without a factor, the session may do nothing but enrol one.
func TestWhoMustEnrolMayNothing(t *testing.T) {
	session := &db.Session{Assurance: db.EnrolmentRequired}
	subject := &Subject{User: &User{}, Roles: []*Role{{Kind: db.AdminRole, Grants: NewSet(ViewUser)}}}
	enrolling := NewViewer(&db.Account{}, &db.User{}, session, netip.MustParseAddr("::ffff:192.0.2.7"), subject)
	if enrolling.Admin || enrolling.May(ViewUser) || !errors.Is(enrolling.Require(ViewUser), ErrMFARequired) || !errors.Is(enrolling.RequireEnrolled(), ErrMFARequired) {
		t.Errorf("%+v", enrolling)
	}
	if enrolling.IP.String() != "192.0.2.7" {
		t.Errorf("address %s", enrolling.IP)
	}
	full := NewViewer(&db.Account{}, &db.User{}, &db.Session{Assurance: db.ByMFA}, enrolling.IP, subject)
	if !full.Admin || full.Require(ViewUser) != nil || full.RequireEnrolled() != nil {
		t.Errorf("%+v", full)
	}
}

// Rule 8: a proof is good for ten minutes.
func TestAProofIsGoodForTenMinutes(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_000)
	v := viewer(false)
	v.Session.ProvenAt = db.At(now)
	if until := v.ProvenUntil(ProofForOneself, now); until != db.At(now.Add(10*time.Minute)) {
		t.Errorf("proven until %v", until.Time())
	}
	if err := v.RequireProof(ProofForOneself, now.Add(10*time.Minute-time.Millisecond)); err != nil {
		t.Error(err)
	}
	if err := v.RequireProof(ProofForOneself, now.Add(10*time.Minute)); !errors.Is(err, ErrStepUpRequired) {
		t.Errorf("after ten minutes: %v", err)
	}
}

func TestSets(t *testing.T) {
	a, b := NewSet("B_B", "A_A", "B_B"), NewSet("B_B", "C_C")
	if !slices.Equal(a.Codes(), []string{"A_A", "B_B"}) || !slices.Equal(Union(a, b).Codes(), []string{"A_A", "B_B", "C_C"}) {
		t.Errorf("%v, %v", a.Codes(), Union(a, b).Codes())
	}
	if missing := a.Missing(b); !slices.Equal(missing, []string{"C_C"}) || !slices.Equal(b.Codes(), []string{"B_B", "C_C"}) {
		t.Errorf("missing %v of %v", missing, b.Codes())
	}
	if a.Includes(b) || !Union(a, b).Includes(b) || !a.Includes(Set{}) || (Set{}).Includes(a) {
		t.Error("Includes")
	}
	if codes := (Set{}).Codes(); codes == nil || len(codes) != 0 {
		t.Errorf("the empty set is %#v", codes)
	}
}
