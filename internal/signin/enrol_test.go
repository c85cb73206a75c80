package signin

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func ids(users ...*db.User) []typeid.ID {
	var ids []typeid.ID
	for _, user := range users {
		ids = append(ids, user.ID)
	}
	return ids
}

// Rule 8: forced and without a factor the session may only enrol; with the factor it rises, under a new token.
func TestForcedUserEnrols(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user := h.user("jane", forced)
		step := h.mustSignIn("jane")
		if step.Next != EnrolMFA || step.DeviceToken != "" {
			t.Fatalf("SignIn = %+v", step)
		}
		viewer := h.viewer(step.SessionToken)
		if viewer.Session.Assurance != db.EnrolmentRequired || len(viewer.Permissions.Codes()) > 0 {
			t.Errorf("viewer: %+v", viewer)
		}
		_, err := h.BeginStepUp(t.Context(), viewer)
		wantError(t, "a step-up", err, access.ErrMFARequired)
		wantError(t, "a new password", h.ChangePassword(t.Context(), viewer, ChangePasswordInput{}), access.ErrMFARequired)
		wantError(t, "other sessions", h.RevokeOtherSessions(t.Context(), viewer), access.ErrMFARequired)

		h.clock.pass(access.ProofLifetime) // no fresh proof is asked of a session that may only enrol
		a, enrolled := h.enrol(step)
		if enrolled.Next != SignedIn || enrolled.Viewer.Session.Assurance != db.ByMFA || len(enrolled.RecoveryCodes) != 10 || enrolled.DeviceToken == "" {
			t.Errorf("enrolled: %+v", enrolled)
		}
		_, err = h.Viewer(t.Context(), step.SessionToken, office)
		wantError(t, "the old token", err, access.ErrUnauthenticated)
		h.viewer(enrolled.SessionToken)
		h.wantMails("enrolled", "mfaEnrolled")
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Errorf("signing in with the app: %v", err)
		}
		stored, err := h.store.UserByID(t.Context(), h.account.ID, user.ID)
		if err != nil || stored.LastSignInAt == 0 {
			t.Errorf("last sign-in: %v, %v", stored.LastSignInAt, err)
		}
	})
}

// Rules 5 and 8: with the first factor the other sessions end, and one that may only enrol cannot add a second one.
func TestFirstFactorEndsWhatWasBegunWithout(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane", forced)
		one, two := h.mustSignIn("jane"), h.mustSignIn("jane")
		viewer := h.viewer(two.SessionToken)
		begun, err := h.BeginTOTPEnrolment(t.Context(), viewer, BeginTOTPEnrolmentInput{Name: "Thief's phone"})
		if err != nil {
			t.Fatal(err)
		}
		h.enrol(one)
		_, err = h.Viewer(t.Context(), two.SessionToken, office)
		wantError(t, "the other session", err, access.ErrUnauthenticated)
		code := app{h, begun.Secret}.code()
		_, err = h.FinishTOTPEnrolment(t.Context(), from(office), viewer, FinishTOTPEnrolmentInput{begun.ChallengeToken, code})
		wantProblem(t, "the other enrolment", err, problem.ChallengeExpired, "challengeToken")
		_, err = h.BeginTOTPEnrolment(t.Context(), viewer, BeginTOTPEnrolmentInput{Name: "Thief's phone"})
		wantProblem(t, "a request that was on its way", err, problem.NotAllowed, "name")
	})
}

func TestEnrolmentOfASecondApp(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, first, enrolled := h.jane()
		viewer := h.viewer(enrolled.SessionToken)
		begun, err := h.BeginTOTPEnrolment(t.Context(), viewer, BeginTOTPEnrolmentInput{Name: " Tablet "})
		if err != nil {
			t.Fatal(err)
		}
		uri, err := url.Parse(begun.URI)
		if err != nil || uri.Scheme != "otpauth" || uri.Host != "totp" || uri.Path != "/Gatehouse:acme/jane" ||
			uri.Query().Get("secret") != begun.Secret || uri.Query().Get("issuer") != "Gatehouse" || len(begun.Secret) != 32 {
			t.Errorf("URI: %s", begun.URI)
		}
		finish := func(viewer *access.Viewer, code string) (*Enrolled, error) {
			return h.FinishTOTPEnrolment(t.Context(), from(office), viewer, FinishTOTPEnrolmentInput{begun.ChallengeToken, code})
		}
		_, err = finish(viewer, first.code())
		wantProblem(t, "another app's code", err, problem.WrongCode, "code")
		second, err := finish(viewer, app{h, begun.Secret}.code())
		if err != nil || second.RecoveryCodes != nil || second.SessionToken != "" || second.Method.Of().Name != "Tablet" {
			t.Fatalf("second: %+v, %v", second, err)
		}
		_, err = h.verify(from(office), h.mustSignIn("jane").Challenge, app{h, begun.Secret}.code())
		wantProblem(t, "the code of the enrolment", err, problem.WrongCode, "code")
		methods, err := h.store.TOTPMethods(t.Context(), user.ID)
		if err != nil || len(methods) != 2 {
			t.Errorf("methods: %v, %v", methods, err)
		}
		h.clock.pass(access.ProofLifetime)
		_, err = h.BeginTOTPEnrolment(t.Context(), h.viewer(enrolled.SessionToken), BeginTOTPEnrolmentInput{Name: "Third"})
		wantError(t, "without a fresh proof", err, access.ErrStepUpRequired)
		if got := h.events(audit.MFAEnrol); !slices.Equal(got, []string{"SUCCEEDED", "SUCCEEDED", "DENIED STEP_UP_REQUIRED"}) {
			t.Errorf("events: %v", got)
		}
	})
}

func TestEnrolmentIsBoundToItsSession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		h.user("john")
		jane, john := h.viewer(h.mustSignIn("jane").SessionToken), h.viewer(h.mustSignIn("john").SessionToken)
		begun, err := h.BeginTOTPEnrolment(t.Context(), jane, BeginTOTPEnrolmentInput{Name: "Phone"})
		if err != nil {
			t.Fatal(err)
		}
		input := FinishTOTPEnrolmentInput{begun.ChallengeToken, app{h, begun.Secret}.code()}
		_, err = h.FinishTOTPEnrolment(t.Context(), from(office), john, input)
		wantProblem(t, "another session", err, problem.ChallengeExpired, "challengeToken")
		h.clock.pass(ChallengeLifetime)
		_, err = h.FinishTOTPEnrolment(t.Context(), from(office), jane, input)
		wantProblem(t, "after 5 minutes", err, problem.ChallengeExpired, "challengeToken")
	})
}

func TestNamesOfFactors(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		viewer := h.viewer(h.mustSignIn("jane").SessionToken)
		long := strings.Repeat("é", maxMethodName+1)
		for name, code := range map[string]problem.Code{" ": problem.Required, "a\u202eb": problem.Invalid, long: problem.TooLong} {
			_, err := h.BeginTOTPEnrolment(t.Context(), viewer, BeginTOTPEnrolmentInput{Name: name})
			wantProblem(t, name, err, code, "name")
		}
	})
}

func TestTenFactorsAtMost(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, _, enrolled := h.jane()
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			for range maxMethods - 1 {
				if err := tx.CreateFactor(ctx, &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID}, Secret: []byte{0}}); err != nil {
					return err
				}
			}
			return nil
		})
		_, err := h.BeginTOTPEnrolment(t.Context(), h.viewer(enrolled.SessionToken), BeginTOTPEnrolmentInput{Name: "Eleventh"})
		wantProblem(t, "the eleventh", err, problem.NotAllowed, "name")
	})
}

// Rule 8: a last factor that must be cannot be removed; with the last one go the recovery codes.
func TestRemoveFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		user, _, enrolled := h.jane()
		remove := func() error {
			return h.RemoveMFAMethod(t.Context(), h.viewer(enrolled.SessionToken), RemoveMFAMethodInput{enrolled.Method.Of().ID})
		}
		h.policy(func(p *db.AccountPolicy) { p.MFAForced = true })
		wantProblem(t, "forced by the policy", remove(), problem.NotAllowed, "id")
		h.policy(func(p *db.AccountPolicy) { p.MFAForced = false })
		err := h.RemoveMFAMethod(t.Context(), h.viewer(enrolled.SessionToken), RemoveMFAMethodInput{typeid.New("totp")})
		wantProblem(t, "no such factor", err, problem.NotFound, "id")
		if err := remove(); err != nil {
			t.Fatal(err)
		}
		h.wantMails("removed", "mfaRemoved")
		left, err := h.store.RecoveryCodeCountByUser(t.Context(), ids(user))
		if err != nil || left[user.ID] != 0 {
			t.Errorf("recovery codes left: %v, %v", left, err)
		}
		if viewer := h.viewer(enrolled.SessionToken); viewer.Session.Assurance != db.ByPassword {
			t.Errorf("the session is by %s", viewer.Session.Assurance)
		}
		if step := h.mustSignIn("jane"); step.Next != SignedIn {
			t.Errorf("signing in: %+v", step)
		}
		h.clock.pass(access.ProofLifetime)
		wantError(t, "without a fresh proof", remove(), access.ErrStepUpRequired)
	})
}

func TestRenameFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, _, enrolled := h.jane()
		h.user("john")
		input := RenameMFAMethodInput{enrolled.Method.Of().ID, "Old phone"}
		method, err := h.RenameMFAMethod(t.Context(), h.viewer(enrolled.SessionToken), input)
		if err != nil || method.Of().Name != "Old phone" {
			t.Errorf("RenameMFAMethod = %+v, %v", method, err)
		}
		_, err = h.RenameMFAMethod(t.Context(), h.viewer(h.mustSignIn("john").SessionToken), input)
		wantProblem(t, "another user's", err, problem.NotFound, "id")
	})
}

func TestRegenerateRecoveryCodes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, _, enrolled := h.jane()
		h.user("john")
		codes, err := h.RegenerateRecoveryCodes(t.Context(), h.viewer(enrolled.SessionToken))
		if err != nil || len(codes) != 10 {
			t.Fatalf("RegenerateRecoveryCodes = %v, %v", codes, err)
		}
		h.wantMails("regenerated", "recoveryCodesRegenerated")
		show := func(code string) error {
			_, err := h.VerifyRecoveryCode(t.Context(), from(office), VerifyRecoveryCodeInput{h.mustSignIn("jane").Challenge.Token, code})
			return err
		}
		wantProblem(t, "an old code", show(enrolled.RecoveryCodes[0]), problem.WrongCode, "code")
		if err := show(codes[0]); err != nil {
			t.Errorf("a new code: %v", err)
		}
		_, err = h.RegenerateRecoveryCodes(t.Context(), h.viewer(h.mustSignIn("john").SessionToken))
		wantProblem(t, "without a factor", err, problem.NotAllowed, "")
		h.clock.pass(access.ProofLifetime + time.Second)
		_, err = h.RegenerateRecoveryCodes(t.Context(), h.viewer(enrolled.SessionToken))
		wantError(t, "without a fresh proof", err, access.ErrStepUpRequired)
	})
}
