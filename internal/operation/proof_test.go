package operation

import (
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
)

// notOfViewers are the actions that no change of a viewer has: the command line's, those by a link, and those of signing in.
var notOfViewers = []audit.Action{
	audit.AccountCreate, audit.AccountRotateKeys, audit.UserRestoreAccess, audit.UserConfirmEmail, audit.UserRequestReset,
	audit.SessionSignIn, audit.SessionStepUp, audit.SessionRefuse, audit.SessionEnter, audit.APIKeyRefuse,
}

// Whoever adds an action decides which proof it requires.
func TestEveryActionHasARule(t *testing.T) {
	for _, action := range audit.Actions() {
		_, ruled := rules[action]
		if other := slices.Contains(notOfViewers, action); ruled == other {
			t.Errorf("%s has a rule: %v; is no change of a viewer: %v", action, ruled, other)
		}
	}
	for action := range rules {
		if !slices.Contains(audit.Actions(), action) {
			t.Errorf("there is no action %s", action)
		}
	}
}

// What a change does not say of itself counts against it.
func TestWhatIsLeftOutRequiresAProof(t *testing.T) {
	viewer := &access.Viewer{User: &db.User{ID: "user_1"}, Session: &db.Session{}}
	for action, want := range map[audit.Action]access.Proof{
		audit.UserUpdate: access.ProofForOthers, audit.RoleUpdate: access.ProofForOthers, audit.WhitelistUpdate: access.ProofForOthers,
		audit.UserResendWelcome: access.ProofForOthers, audit.UserResendMail: access.ProofForOthers, audit.APIKeyCreate: access.ProofForOneself, audit.APIKeyRevoke: access.ProofForOneself,
		"user.somethingNew": access.ProofForOneself,
	} {
		if got := Proof(Change{Viewer: viewer, Action: action}); got != want {
			t.Errorf("%s requires %d, want %d", action, got, want)
		}
	}
}

// Of a user everything but name and language opens something, a field that is added later included.
func TestFieldsOfAUser(t *testing.T) {
	viewer := &access.Viewer{User: &db.User{ID: "user_1"}, Session: &db.Session{}}
	for field, want := range map[string]access.Proof{
		"name": access.NoProof, "language": access.NoProof,
		"roles": access.ProofForOthers, "password": access.ProofForOthers, "email": access.ProofForOthers, "loginName": access.ProofForOthers,
		"mfaForced": access.ProofForOthers, "accessPoints": access.ProofForOthers, "whitelists": access.ProofForOthers,
		"whitelistsReportOnly": access.ProofForOthers, "somethingNew": access.ProofForOthers,
	} {
		change := Change{Viewer: viewer, Action: audit.UserUpdate, UserID: "user_2", Fields: []db.AuditChange{{Field: "name"}, {Field: field}}}
		if got := Proof(change); got != want {
			t.Errorf("%s requires %d, want %d", field, got, want)
		}
	}
	own := Change{Viewer: viewer, Action: audit.UserUpdate, UserID: "user_1", Fields: []db.AuditChange{{Field: "email"}}}
	if got := Proof(own); got != access.ProofForOneself {
		t.Errorf("one's own email requires %d", got)
	}
}
