package signin

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin/signintest"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// device is an authenticator with one passkey, in a browser.
type device struct {
	*signintest.Device
	h       *house
	browser secret.Token
}

func (h *house) device() *device {
	return &device{Device: signintest.NewDevice(h.t, "gatehouse.example", "https://gatehouse.example"), h: h}
}

// make lets the device make its passkey for a session's user.
func (d *device) make(viewer *access.Viewer) (*Enrolled, error) {
	h := d.h
	h.t.Helper()
	begun, err := h.BeginPasskeyEnrolment(h.t.Context(), viewer, BeginPasskeyEnrolmentInput{})
	if err != nil {
		return nil, err
	}
	return h.FinishPasskeyEnrolment(h.t.Context(), from(office), viewer, FinishPasskeyEnrolmentInput{
		begun.ChallengeToken, d.Made(h.t, begun.Options, string(viewer.User.ID)),
	})
}

func (d *device) mustMake(viewer *access.Viewer) *Enrolled {
	d.h.t.Helper()
	enrolled, err := d.make(viewer)
	if err != nil {
		d.h.t.Fatal(err)
	}
	return enrolled
}

// client is the browser of the device, at the office.
func (d *device) client() Client {
	client := from(office)
	client.BrowserToken = d.browser
	return client
}

// begin begins a proof; an empty token: passkey first.
func (d *device) begin(client Client, of secret.Token) (*PasskeyChallenge, error) {
	input := BeginPasskeySignInInput{}
	if of != "" {
		input.ChallengeToken = &of
	}
	begun, err := d.h.BeginPasskeySignIn(d.h.t.Context(), client, input)
	if err == nil {
		d.browser = begun.BrowserToken
	}
	return begun, err
}

func (d *device) mustBegin(client Client, of secret.Token) *PasskeyChallenge {
	d.h.t.Helper()
	begun, err := d.begin(client, of)
	if err != nil {
		d.h.t.Fatal(err)
	}
	return begun
}

// sign answers a challenge.
func (d *device) sign(begun *PasskeyChallenge) FinishPasskeySignInInput {
	d.h.t.Helper()
	return FinishPasskeySignInInput{begun.ChallengeToken, d.Signed(d.h.t, begun.Options)}
}

func (d *device) finish(input FinishPasskeySignInInput) (Step, error) {
	client := d.client()
	return d.h.FinishPasskeySignIn(d.h.t.Context(), client, input)
}

// first signs in by passkey alone.
func (d *device) first() (Step, error) {
	d.h.t.Helper()
	return d.finish(d.sign(d.mustBegin(d.client(), "")))
}

func (d *device) wantRefused(what string) {
	d.h.t.Helper()
	_, err := d.first()
	wantProblem(d.h.t, what, err, problem.WrongCredentials, "credential")
}

// enrolled is a user with one passkey, and a session that has risen by it.
func enrolled(h *house, login string) (*device, *Enrolled) {
	h.t.Helper()
	h.user(login)
	d := h.device()
	return d, d.mustMake(h.viewer(h.mustSignIn(login).SessionToken))
}

func TestFirstPasskeyIsAFirstFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, made := enrolled(h, "jane")
		if len(made.RecoveryCodes) != recoveryCodes || made.Viewer.Session.Assurance != db.ByMFA || made.SessionToken == "" {
			t.Errorf("enrolled %+v, want ten codes and a session that has risen", made)
		}
		passkey := made.Method.(*db.Passkey)
		if passkey.Name != "Passkey" {
			t.Errorf("called %q, want the word of an unknown model", passkey.Name)
		}
		h.wantMails("an enrolment", "mfaEnrolled")
		step := h.mustSignIn("jane")
		if step.Next != VerifyMFA || !slices.Equal(step.Challenge.Methods, []ProofKind{PasskeyProof, RecoveryCodeProof}) {
			t.Errorf("sign-in leads to %v %v", step.Next, step.Challenge.Methods)
		}
		begun := d.mustBegin(d.client(), step.Challenge.Token)
		opened, err := d.finish(d.sign(begun))
		if err != nil || opened.Next != SignedIn || opened.Viewer.Session.Assurance != db.ByMFA {
			t.Errorf("second factor: %+v, %v", opened, err)
		}
	})
}

func TestPasskeyIsNamedAfterItsModel(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		d := h.device()
		d.Authenticator.Aaguid = [16]byte{0xba, 0xda, 0x55, 0x66, 0xa7, 0xaa, 0x40, 0x1f, 0xbd, 0x96, 0x45, 0x61, 0x9a, 0x55, 0x12, 0x0d}
		if made := d.mustMake(h.viewer(h.mustSignIn("jane").SessionToken)); made.Method.Of().Name != "1Password" {
			t.Errorf("called %q", made.Method.Of().Name)
		}
	})
}

func TestPasskeyFirst(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		step, err := d.first()
		if err != nil || step.Next != SignedIn || step.Viewer.User.LoginName != "jane" || step.Viewer.Session.Assurance != db.ByMFA {
			t.Fatalf("%+v, %v", step, err)
		}
		passkeys, err := h.store.Passkeys(t.Context(), step.Viewer.User.ID)
		if err != nil || passkeys[0].LastUsedAt != db.At(h.clock.now()) {
			t.Errorf("last used %v, %v", passkeys[0].LastUsedAt, err)
		}
	})
}

func TestPasskeyIsFreshProof(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, made := enrolled(h, "jane")
		h.clock.pass(access.ProofLifetime + 1)
		viewer := h.viewer(made.SessionToken)
		challenge, err := h.BeginStepUp(t.Context(), viewer)
		if err != nil {
			t.Fatal(err)
		}
		client := d.client()
		client.SessionToken = made.SessionToken
		input := d.sign(d.mustBegin(client, challenge.Token))
		client.BrowserToken = d.browser
		step, err := h.FinishPasskeySignIn(t.Context(), client, input)
		if err != nil {
			t.Fatal(err)
		}
		if err := step.Viewer.RequireProof(access.ProofForOneself, h.clock.now()); err != nil || step.Viewer.Session.ID != viewer.Session.ID {
			t.Errorf("after the step-up: %v", err)
		}
	})
}

// Whatever is wrong with a passkey that comes first, the answer is the same.
func TestPasskeyThatOpensNothing(t *testing.T) {
	for name, spoil := range map[string]func(h *house, d *device){
		"another site":      func(_ *house, d *device) { d.Site.ID = "elsewhere.example" },
		"another origin":    func(_ *house, d *device) { d.Site.Origin = "https://elsewhere.example" },
		"user not verified": func(_ *house, d *device) { d.Authenticator.Options.UserNotVerified = true },
		"user not present":  func(_ *house, d *device) { d.Authenticator.Options.UserNotPresent = true },
		"another key": func(h *house, d *device) {
			d.Passkey.Key = signintest.NewPasskey(h.t).Key
		},
		"unknown":             func(h *house, d *device) { d.Passkey = signintest.NewPasskey(h.t) },
		"another user handle": func(_ *house, d *device) { d.Authenticator.Options.UserHandle = []byte("user_somebody") },
		"no user handle":      func(_ *house, d *device) { d.Authenticator.Options.UserHandle = nil },
		"removed": func(h *house, d *device) {
			h.touch(func(ctx context.Context, tx *db.Tx) error {
				user, err := tx.UserByLoginName(ctx, h.account.ID, "jane")
				return errors.Join(err, tx.DeleteFactorsOf(ctx, user.ID))
			})
		},
		"outside the whitelist": func(h *house, d *device) {
			user, err := h.store.UserByLoginName(h.t.Context(), h.account.ID, "jane")
			if err != nil {
				h.t.Fatal(err)
			}
			h.whitelist(user, "203.0.113.0/24")
		},
		"deactivated": func(h *house, d *device) {
			h.touch(func(ctx context.Context, tx *db.Tx) error {
				user, err := tx.UserByLoginName(ctx, h.account.ID, "jane")
				if err != nil {
					return err
				}
				user.Status = db.Deactivated
				return tx.UpdateUser(ctx, user)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				d, _ := enrolled(h, "jane")
				spoil(h, d)
				d.wantRefused(name)
			})
		})
	}
}

func TestPasskeyChallengeIsGoodOnceHereAndForFiveMinutes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		input := d.sign(d.mustBegin(d.client(), ""))
		if _, err := d.finish(input); err != nil {
			t.Fatal(err)
		}
		_, err := d.finish(input)
		wantProblem(t, "the same answer again", err, problem.WrongCredentials, "credential")

		input = d.sign(d.mustBegin(d.client(), ""))
		stranger := from(office)
		for what, token := range map[string]secret.Token{"another browser": secret.NewToken(), "no browser": ""} {
			stranger.BrowserToken = token
			_, err = h.FinishPasskeySignIn(t.Context(), stranger, input)
			wantProblem(t, what, err, problem.ChallengeExpired, "challengeToken")
		}
		other := d.mustBegin(d.client(), "")
		input.ChallengeToken = other.ChallengeToken
		_, err = d.finish(input)
		wantProblem(t, "an answer to another challenge", err, problem.WrongCredentials, "credential")

		input = d.sign(d.mustBegin(d.client(), ""))
		h.clock.pass(ChallengeLifetime)
		_, err = d.finish(input)
		wantProblem(t, "after five minutes", err, problem.ChallengeExpired, "challengeToken")
		input.ChallengeToken = "x"
		_, err = d.finish(input)
		wantProblem(t, "a token of nobody", err, problem.ChallengeExpired, "challengeToken")
	})
}

func TestPasskeyAnswerTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		input := d.sign(d.mustBegin(d.client(), ""))
		errs := make([]error, 8)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { _, errs[i] = d.finish(input) })
		}
		all.Wait()
		if in := slices.Index(errs, nil); in < 0 || slices.Index(errs[in+1:], nil) >= 0 {
			t.Errorf("one of eight must get in: %v", errs)
		}
	})
}

// WebAuthn level 3, section 6.1.1: a counter that goes back means a copy.
func TestPasskeyWhoseCounterHasGoneBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		h.mails()
		d.Passkey.Counter = 7
		if _, err := d.first(); err != nil {
			t.Fatal(err)
		}
		for _, counter := range []uint32{7, 6, 0} {
			d.Passkey.Counter = counter
			d.wantRefused("a counter gone back")
		}
		h.wantMails("told of each", "passkeyCopied", "passkeyCopied", "passkeyCopied")
		if told := h.events(audit.SessionSignIn); told[len(told)-1] != "FAILED PASSKEY_COPIED" { // the others follow together
			t.Errorf("the trail tells %v", told)
		}
		d.Passkey.Counter = 8
		if _, err := d.first(); err != nil {
			t.Errorf("the right one goes on: %v", err)
		}
	})
}

func TestPasskeyPassesALockOfItsUser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		h.wrong("jane", throttle.NameTries)
		if _, err := d.first(); err != nil {
			t.Errorf("passkey first while the name is locked: %v", err)
		}
		_, err := h.signIn(from(home), "jane", rightPassword)
		wantProblem(t, "a password stays locked", err, problem.WrongCredentials, "")
	})
}

// Rule 7: wrong passkeys count for the address. A passkey passes a lock of the address within a bound of its own.
func TestPasskeyTriesCountForTheAddress(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		h.user("john")
		handle := d.Authenticator.Options.UserHandle
		wrong := func() {
			d.Authenticator.Options.UserHandle = []byte("user_somebody")
			for range throttle.AddressTries {
				d.wantRefused("a wrong user handle")
			}
			d.Authenticator.Options.UserHandle = handle
		}
		wrong()
		_, err := h.signIn(from(office), "john", rightPassword)
		wantLimited(t, "a password from the address", err, throttle.AddressLock)
		if _, err := d.first(); err != nil {
			t.Errorf("a passkey while the address is locked: %v", err)
		}
		wrong()
		_, err = d.first()
		wantLimited(t, "past the bound of passkeys", err, throttle.AddressLock)
	})
}

func TestPasskeyOfAnotherUserIsNoSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		enrolled(h, "john")
		begun := d.mustBegin(d.client(), h.mustSignIn("john").Challenge.Token)
		_, err := d.finish(d.sign(begun))
		wantProblem(t, "jane's passkey for john", err, problem.WrongCredentials, "credential")
	})
}

func TestPasskeyIsEnrolledOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, _ := enrolled(h, "jane")
		h.user("john")
		_, err := d.make(h.viewer(h.mustSignIn("john").SessionToken))
		wantProblem(t, "the same passkey for another", err, problem.Taken, "credential")
	})
}

func TestPasskeyThatCannotBeEnrolled(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		viewer := h.viewer(h.mustSignIn("jane").SessionToken)
		for name, spoil := range map[string]func(d *device){
			"another site":      func(d *device) { d.Site.ID = "elsewhere.example" },
			"another origin":    func(d *device) { d.Site.Origin = "https://elsewhere.example" },
			"user not verified": func(d *device) { d.Authenticator.Options.UserNotVerified = true },
		} {
			d := h.device()
			spoil(d)
			_, err := d.make(viewer)
			wantProblem(t, name, err, problem.Invalid, "credential")
		}
		begun, err := h.BeginPasskeyEnrolment(t.Context(), viewer, BeginPasskeyEnrolmentInput{})
		if err != nil {
			t.Fatal(err)
		}
		other := h.viewer(h.mustSignIn("jane").SessionToken)
		_, err = h.FinishPasskeyEnrolment(t.Context(), from(office), other, FinishPasskeyEnrolmentInput{begun.ChallengeToken, nil})
		wantProblem(t, "another session", err, problem.ChallengeExpired, "challengeToken")
	})
}

// A device must not be asked to make a second passkey for the same user.
func TestPasskeysThereAreExcluded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, made := enrolled(h, "jane")
		begun, err := h.BeginPasskeyEnrolment(t.Context(), h.viewer(made.SessionToken), BeginPasskeyEnrolmentInput{})
		if err != nil {
			t.Fatal(err)
		}
		if !d.Excluded(t, begun.Options) {
			t.Errorf("%s does not exclude it", begun.Options)
		}
	})
}

// Passkeys belong to a name: where the public URL has an address there are none, also for what had begun before.
func TestNoPasskeysAtAnAddress(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.user("jane")
		viewer := h.viewer(h.mustSignIn("jane").SessionToken)
		h.party = newRelyingParty(&url.URL{Scheme: "http", Host: "127.0.0.1:8080"}, "Gatehouse", slog.New(slog.DiscardHandler))
		for what, ask := range map[string]func() error{
			"begin to enrol": func() error {
				_, err := h.BeginPasskeyEnrolment(t.Context(), viewer, BeginPasskeyEnrolmentInput{})
				return err
			},
			"enrol": func() error {
				_, err := h.FinishPasskeyEnrolment(t.Context(), from(office), viewer, FinishPasskeyEnrolmentInput{})
				return err
			},
			"begin to sign in": func() error {
				_, err := h.BeginPasskeySignIn(t.Context(), from(office), BeginPasskeySignInInput{})
				return err
			},
			"sign in": func() error {
				_, err := h.FinishPasskeySignIn(t.Context(), from(office), FinishPasskeySignInInput{})
				return err
			},
		} {
			wantProblem(t, what, ask(), problem.NotAllowed, "")
		}
	})
}

func FuzzPasskeyCredential(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA"}}`))
	f.Add([]byte(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}`))
	h := &holder{account: &db.Account{Handle: "acme"}, user: &db.User{ID: "user_1"}}
	s := &Service{party: newRelyingParty(testURL(), "Gatehouse", nil), now: (&clock{}).now}
	f.Fuzz(func(t *testing.T, credential []byte) {
		if _, _, err := s.proves(h, "Y2hhbGxlbmdlLWNoYWxsZW5nZQ", credential); !errors.Is(err, wrongPasskey) {
			t.Errorf("%q: %v", credential, err)
		}
	})
}
