package signin

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func TestSignInOpensASession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		step, err := h.SignIn(t.Context(), from(office), SignInInput{Account: " ACME ", LoginName: "Jane ", Password: rightPassword})
		if err != nil || step.Next != SignedIn || step.SessionToken == "" || step.DeviceToken == "" || step.Viewer.User.ID != user.ID {
			t.Fatalf("SignIn = %+v, %v", step, err)
		}
		if want := db.At(h.clock.now().Add(12 * time.Hour)); step.SessionExpires != want {
			t.Errorf("the session ends at %v, want %v", step.SessionExpires, want)
		}
		viewer := h.viewer(step.SessionToken)
		if viewer.Session.Assurance != db.ByPassword || viewer.Session.IP != office.String() || viewer.Session.UserAgent != "Browser/1.0" {
			t.Errorf("session: %+v", viewer.Session)
		}
		stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
		if err != nil || stored.LastSignInAt != db.At(h.clock.now()) {
			t.Errorf("last sign-in: %v, %v", stored.LastSignInAt, err)
		}
		if got := h.events(audit.SessionSignIn); !slices.Equal(got, []string{"SUCCEEDED"}) {
			t.Errorf("events: %v", got)
		}
	})
}

// Rule 7: the same words, the same fields and the same work, whatever was wrong.
func TestSignInTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.user("ivan", invited)
		h.user("dora", deactivated)
		h.user("bot", func(u *db.User) { u.Kind, u.PasswordHash = db.API, "" })
		h.whitelist(h.user("wilma"), "203.0.113.0/24")
		nowhere := h.user("nick")
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.SetUserAccessPoints(ctx, nowhere.ID, nil) })
		h.user("lola")
		h.wrong("lola", throttle.NameTries)
		h.Settle()
		release := make(chan struct{})
		h.background.after(func(context.Context) { <-release }) // so that only the answer's own statements are counted
		defer close(release)

		tries := map[string]SignInInput{
			"account":     {"nobody", "jane", rightPassword},
			"no handle":   {"\x00not a handle\xff", "jane", rightPassword},
			"login name":  {"acme", "nobody", rightPassword},
			"no login":    {"acme", "\x00", rightPassword},
			"password":    {"acme", "jane", otherPassword},
			"invited":     {"acme", "ivan", rightPassword},
			"deactivated": {"acme", "dora", rightPassword},
			"API user":    {"acme", "bot", rightPassword},
			"outside":     {"acme", "wilma", rightPassword},
			"no door":     {"acme", "nick", rightPassword},
		}
		var statements int64
		for what, input := range tries {
			before := h.store.Statements()
			step, err := h.SignIn(t.Context(), from(office), input)
			took := h.store.Statements() - before
			if one, ok := errors.AsType[*problem.Error](err); !ok || one.Code != problem.WrongCredentials || one.Key != "sign_in.wrong_credentials" || one.Args != nil {
				t.Errorf("%s: %v", what, err)
			}
			wantProblem(t, what, err, problem.WrongCredentials, "")
			if step.Next != "" || step.SessionToken != "" {
				t.Errorf("%s: %+v", what, step)
			}
			if statements == 0 {
				statements = took
			}
			if took != statements {
				t.Errorf("%s: %d statements, others %d", what, took, statements)
			}
		}
		_, err := h.signIn(from(office), "lola", rightPassword)
		wantProblem(t, "locked", err, problem.WrongCredentials, "")
	})
}

// Rule 7: failed tries are recorded after the answer, in accounts that exist, without what was typed; the user is told.
func TestFailedTriesAreToldTogether(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		h.wrong("jane", 1)
		if got := h.events(audit.SessionSignIn); !slices.Equal(got, []string{"FAILED WRONG_PASSWORD"}) {
			t.Fatalf("after the first: %v", got)
		}
		h.wantMails("after the first", "failedSignIns")
		h.wrong("jane", 4)
		h.wrong("hunter2", 3)
		if got := h.events(audit.SessionSignIn); len(got) != 2 {
			t.Errorf("within the minute: %v", got)
		}
		h.wantMails("within the hour")
		h.clock.pass(eventWindow)
		got := h.events(audit.SessionSignIn)
		slices.Sort(got)
		want := []string{"FAILED WRONG_PASSWORD", "FAILED WRONG_PASSWORD", "FAILED WRONG_PASSWORD 2", "FAILED WRONG_PASSWORD 4"}
		if !slices.Equal(got, want) {
			t.Errorf("after the minute: %v", got)
		}
		h.clock.pass(mailWindow)
		h.wantMails("after the hour", "failedSignIns")
		list, err := h.store.AuditEvents(t.Context(), db.AuditScope{AccountID: h.account.ID}, db.AuditEventFilter{}, db.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range list.Items {
			if event.ActorID != "" || event.ActorName != somebody || event.IP != office.String() || event.TargetID != "" && event.TargetID != user.ID {
				t.Errorf("event: %+v", event)
			}
		}
	})
}

func TestCloseTellsWhatIsLeft(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.wrong("jane", 3)
		h.Close()
		h.background.once.Do(func() { t.Error("Close did not stop the work") })
		if got := h.events(audit.SessionSignIn); len(got) == 0 || len(got) > 3 {
			t.Errorf("events: %v", got)
		}
	})
}

// Rule 7: after a right password from outside nothing more is told but a mail.
func TestRightPasswordFromOutsideIsMailed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.whitelist(h.user("wilma"), "192.0.2.0/24")
		_, err := h.signIn(from(home), "wilma", rightPassword)
		wantProblem(t, "from outside", err, problem.WrongCredentials, "")
		h.wantMails("from outside", "signInRefusedAddress")
		if got := h.events(audit.SessionSignIn); !slices.Equal(got, []string{"FAILED IP_NOT_WHITELISTED"}) {
			t.Errorf("events: %v", got)
		}
		if step := h.mustSignIn("wilma"); step.Next != SignedIn {
			t.Errorf("from within: %+v", step)
		}
	})
}

// Rule 9: signing in needs some INTERACTIVE access point, and the page WEB.
func TestAnotherDoorThanWeb(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		door := &db.AccessPoint{ID: typeid.New("ap"), AccountID: h.account.ID, Code: "CONSOLE", Kind: db.Interactive}
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(tx.CreateAccessPoint(ctx, door), tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{door.ID}))
		})
		step := h.mustSignIn("jane")
		if step.Viewer != nil {
			t.Error("there is a viewer without WEB")
		}
		_, err := h.Viewer(t.Context(), step.SessionToken, office)
		wantError(t, "a request without WEB", err, access.ErrUnauthenticated)
	})
}

// Rule 2: parameters are raised at the next sign-in.
func TestOutdatedHashIsReplaced(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		stronger := password.Weakest()
		stronger.Time++
		hasher, err := password.New(password.Config{Params: stronger})
		if err != nil {
			t.Fatal(err)
		}
		h.passwords = hasher
		h.mustSignIn("jane")
		stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
		if err != nil || stored.PasswordHash == user.PasswordHash {
			t.Fatalf("the hash is the old one: %v", err)
		}
		if right, outdated, err := hasher.Verify(t.Context(), password.Known(""), stored.PasswordHash, rightPassword); !right || outdated || err != nil {
			t.Errorf("Verify = %v, %v, %v", right, outdated, err)
		}
		h.mustSignIn("jane")
	})
}

// Rule 5: a password that was changed while it was being compared opens nothing.
func TestSignInLosesAgainstAChange(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		who, err := h.find(t.Context(), "acme", "jane")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.load(t.Context(), who); err != nil {
			t.Fatal(err)
		}
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.SetPassword(ctx, user, "") })
		_, err = h.proceed(t.Context(), from(office), who, nil)
		wantError(t, "proceed", err, errChanged)
	})
}

func TestSignInNewAccountAsksToEnrol(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		step, err := h.SignInNewAccount(t.Context(), from(office), h.account, h.user("admin", forced))
		if err != nil || step.Next != EnrolMFA || step.SessionToken == "" || step.DeviceToken != "" || step.Viewer == nil {
			t.Errorf("SignInNewAccount = %+v, %v", step, err)
		}
	})
}
