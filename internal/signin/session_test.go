package signin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func (h *house) wantEnded(what string, token secret.Token) {
	h.t.Helper()
	_, err := h.Viewer(h.t.Context(), token, office)
	wantError(h.t, what, err, access.ErrUnauthenticated)
}

func TestNoSession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.wantEnded("no token", "")
		h.wantEnded("an unknown token", secret.NewToken())
		h.wantEnded("no token at all", "\x00")
	})
}

// Rule 9: idle and absolute ends, by the policy of now.
func TestSessionEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		idle := h.mustSignIn("jane").SessionToken
		h.clock.pass(30*time.Minute - time.Second)
		used := h.mustSignIn("jane").SessionToken
		h.viewer(idle)
		h.Settle()
		h.clock.pass(30*time.Minute - time.Second)
		h.viewer(idle)
		h.clock.pass(time.Second)
		h.wantEnded("idle for 30 minutes", used)
		h.policy(func(p *db.AccountPolicy) { p.SessionIdleMinutes = 60 })
		h.viewer(used)

		h.policy(func(p *db.AccountPolicy) { p.SessionMaxHours = 1 })
		h.viewer(idle)
		h.clock.pass(time.Second)
		h.wantEnded("an hour after it began, which is now the most", idle)
		h.policy(func(p *db.AccountPolicy) { p.SessionMaxHours = 2 })
		if got, want := h.viewer(idle).Session.ExpiresAt, db.At(h.clock.now().Add(time.Hour)); got != want {
			t.Errorf("the session ends at %v, want %v", got.Time(), want.Time())
		}
	})
}

// Most requests write nothing; when one was is written at most once a minute, after the answer.
func TestLastSeenIsWrittenOnceAMinute(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		token := h.mustSignIn("jane").SessionToken
		seen := func() db.Time { return h.viewer(token).Session.LastSeenAt }
		began := seen()
		h.clock.pass(seenEvery - time.Second)
		seen()
		h.Settle()
		if got := seen(); got != began {
			t.Errorf("seen after 59 seconds: %v", got-began)
		}
		h.clock.pass(time.Second)
		seen()
		h.Settle()
		if got, want := seen(), began.Add(seenEvery); got != want {
			t.Errorf("seen after a minute: %v", got-began)
		}
	})
}

// A page asks who is asking on each request: what they may do is in memory, and the session takes one statement. On
// PostgreSQL the look at what has changed is another.
func TestViewerTakesFewStatements(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		token := h.mustSignIn("jane").SessionToken
		h.Settle()
		h.viewer(token)
		before := h.store.Statements()
		h.viewer(token)
		if took := h.store.Statements() - before; took > 2 {
			t.Errorf("%d statements", took)
		}
	})
}

// Rule 5: what changes takes effect with the next request of every session.
func TestChangesTakeEffectAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		jane, john := h.user("jane"), h.user("john")
		token, other := h.mustSignIn("jane").SessionToken, h.mustSignIn("john").SessionToken
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.SetUserRoles(ctx, jane.ID, []typeid.ID{h.admin.ID})
		})
		if viewer := h.viewer(token); !viewer.Admin || !viewer.May(access.UpdateUser) {
			t.Error("the role has no effect")
		}
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.SetUserAccessPoints(ctx, john.ID, nil) })
		h.wantEnded("without WEB", other)
		jane.Status = db.Deactivated
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, jane) })
		h.wantEnded("deactivated", token)
	})
}

// Rule 6: the address is asked on every request. Refusals are recorded together.
func TestWhitelistInTheMiddleOfASession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		token := h.mustSignIn("jane").SessionToken
		h.whitelist(user, "203.0.113.0/24")
		for range 20 {
			h.wantEnded("outside", token)
		}
		if got := h.events(audit.SessionRefuse); !slices.Equal(got, []string{"DENIED IP_NOT_WHITELISTED"}) {
			t.Errorf("events: %v", got)
		}
		h.clock.pass(eventWindow)
		if got := h.events(audit.SessionRefuse); len(got) != 2 {
			t.Errorf("events after a minute: %v", got)
		}
		h.wantMails("outside")
		h.whitelist(user, "192.0.2.0/24")
		h.viewer(token)
	})
}

// Rules 5 and 8: a second factor that is forced in the middle of a session leaves it nothing but to enrol one.
func TestFactorForcedInTheMiddleOfASession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.SetUserRoles(ctx, user.ID, []typeid.ID{h.admin.ID})
		})
		step := h.mustSignIn("jane")
		h.policy(func(p *db.AccountPolicy) { p.MFAForced = true })
		viewer := h.viewer(step.SessionToken)
		if viewer.Session.Assurance != db.EnrolmentRequired || viewer.Admin || viewer.May(access.ViewUser) {
			t.Errorf("viewer: %+v", viewer)
		}
		h.policy(func(p *db.AccountPolicy) { p.MFAForced = false })
		if viewer := h.viewer(step.SessionToken); viewer.Session.Assurance != db.ByPassword || !viewer.Admin {
			t.Errorf("viewer when it is not forced any more: %+v", viewer)
		}
		h.policy(func(p *db.AccountPolicy) { p.MFAForced = true })
		if _, enrolled := h.enrol(step); !enrolled.Viewer.Admin {
			t.Errorf("viewer after the enrolment: %+v", enrolled.Viewer)
		}
	})
}

// A session that has shown a password alone is worth nothing once the user has a factor, however that came about.
func TestPasswordSessionBesideAFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		token := h.mustSignIn("jane").SessionToken
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.CreateFactor(ctx, &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID}, Secret: []byte{0}})
		})
		h.wantEnded("by password alone", token)
	})
}

// Rule 14: of more than 50 sessions the oldest end.
func TestFiftySessionsAtMost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		first, second := h.mustSignIn("jane").SessionToken, h.mustSignIn("jane").SessionToken
		for range maxSessions - 1 {
			h.mustSignIn("jane")
		}
		h.wantEnded("the oldest", first)
		h.viewer(second)
		byUser, err := h.store.SessionsByUser(t.Context(), h.account.Policy, db.At(h.clock.now()), ids(user))
		if err != nil || len(byUser[user.ID]) != maxSessions {
			t.Errorf("%d sessions, %v", len(byUser[user.ID]), err)
		}
	})
}

func TestUserAgentIsCut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		step, err := h.signIn(Client{IP: office, UserAgent: "\x00\xff" + strings.Repeat("é", 300)}, "jane", rightPassword)
		if err != nil || step.Viewer.Session.UserAgent != strings.Repeat("é", maxUserAgent) {
			t.Errorf("user agent %q, %v", step.Viewer.Session.UserAgent, err)
		}
	})
}

func TestSignOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane", forced)
		token := h.mustSignIn("jane").SessionToken
		if err := h.SignOut(t.Context(), h.viewer(token), Client{}); err != nil {
			t.Fatal(err)
		}
		h.wantEnded("signed out", token)
		for name, client := range map[string]Client{"no session": {IP: office}, "one that has ended": {IP: office, SessionToken: token}} {
			if err := h.SignOut(t.Context(), nil, client); !errors.Is(err, access.ErrUnauthenticated) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestRevokeOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		here, there, elsewhere := h.mustSignIn("jane").SessionToken, h.mustSignIn("jane").SessionToken, h.mustSignIn("jane").SessionToken
		viewer := h.viewer(here)
		user, err := h.RevokeSession(t.Context(), viewer, RevokeSessionInput{h.viewer(there).Session.ID})
		if err != nil || user.LoginName != "jane" {
			t.Fatalf("RevokeSession = %+v, %v", user, err)
		}
		h.wantEnded("revoked", there)
		h.viewer(elsewhere)
		_, err = h.RevokeSession(t.Context(), viewer, RevokeSessionInput{viewer.Session.ID})
		wantProblem(t, "the session that asks", err, problem.Lockout, "id")
		if err := h.RevokeOtherSessions(t.Context(), viewer); err != nil {
			t.Fatal(err)
		}
		h.wantEnded("another", elsewhere)
		h.viewer(here)
	})
}

// Rule 3: another user's sessions are ended with UPDATE_USER, whatever that user may do, but those of a holder of admin
// only by another.
func TestRevokeSessionsOfOthers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		admin, helper, jane := h.user("admin"), h.user("helper"), h.user("jane")
		role := &db.Role{ID: typeid.New("role"), AccountID: h.account.ID, Kind: db.CustomRole, Name: "Help", Permissions: db.NewCodes(access.UpdateUser)}
		more := &db.Role{ID: typeid.New("role"), AccountID: h.account.ID, Kind: db.CustomRole, Name: "More", Permissions: db.NewCodes("UPDATE_DOMAIN")}
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(tx.CreateRole(ctx, role), tx.SetUserRoles(ctx, helper.ID, []typeid.ID{role.ID}),
				tx.CreateRole(ctx, more), tx.SetUserRoles(ctx, jane.ID, []typeid.ID{more.ID}),
				tx.SetUserRoles(ctx, admin.ID, []typeid.ID{h.admin.ID}))
		})
		admins, helpers, janes := h.mustSignIn("admin").SessionToken, h.mustSignIn("helper").SessionToken, h.mustSignIn("jane").SessionToken
		revoke := func(by, token secret.Token) error {
			_, err := h.RevokeSession(t.Context(), h.viewer(by), RevokeSessionInput{h.viewer(token).Session.ID})
			return err
		}
		if forbidden, ok := errors.AsType[*access.ForbiddenError](revoke(janes, helpers)); !ok || forbidden.Permission != access.UpdateUser {
			t.Error("without UPDATE_USER it is not refused")
		}
		wantProblem(t, "an administrator's", revoke(helpers, admins), problem.NotAllowed, "id")
		if err := revoke(helpers, janes); err != nil {
			t.Errorf("that of somebody who may do more: %v", err)
		}
		h.wantEnded("revoked", janes)
		_, err := h.RevokeSession(t.Context(), h.viewer(helpers), RevokeSessionInput{typeid.New("session")})
		wantProblem(t, "no such session", err, problem.NotFound, "id")
		want := []string{"DENIED FORBIDDEN UPDATE_USER", "DENIED NOT_ALLOWED", "SUCCEEDED"}
		if got := h.events(audit.SessionRevoke); !slices.Equal(got, want) {
			t.Errorf("events: %v", got)
		}
	})
}

func TestSweepDeletesWhatCountsForNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane")
		step := h.mustSignIn("jane")
		h.wrong("nobody", 1)
		if err := h.RequestPasswordReset(t.Context(), from(office), RequestPasswordResetInput{"acme", user.Email}); err != nil {
			t.Fatal(err)
		}
		_, link := h.mails()
		sweep := func() {
			t.Helper()
			if err := h.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		sweep()
		h.viewer(step.SessionToken)
		if _, err := h.BeginSetPassword(t.Context(), BeginSetPasswordInput{link}); err != nil {
			t.Errorf("a live link: %v", err)
		}
		h.clock.pass(DeviceLifetime)
		sweep()
		_, _, _, sessionErr := h.store.SessionByToken(t.Context(), step.SessionToken.Hash())
		_, linkErr := h.store.LinkByToken(t.Context(), link.Hash(), 0, db.ResetLink)
		known, err := h.store.HasDevice(t.Context(), user.ID, step.DeviceToken.Hash(), 0)
		throttles, throttleErr := h.store.ThrottlesByKey(t.Context(), []string{db.NameThrottle("acme", "nobody"), throttle.AddressKey(office)})
		if !errors.Is(sessionErr, db.ErrNotFound) || !errors.Is(linkErr, db.ErrNotFound) || known || len(throttles) > 0 || err != nil || throttleErr != nil {
			t.Errorf("left: session %v, link %v, device %v, throttles %v", sessionErr, linkErr, known, throttles)
		}
	})
}
