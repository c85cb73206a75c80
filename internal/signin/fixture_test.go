package signin

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	rightPassword = "copper lantern drifts over quiet fjords"
	otherPassword = "nine violet kettles hum beneath the stairs"
)

var (
	office = netip.MustParseAddr("192.0.2.17")
	home   = netip.MustParseAddr("198.51.100.7")
)

// clock is the time of a test. It only moves when the test moves it.
type clock struct {
	mutex sync.Mutex
	at    time.Time
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(d)
}

// house is an account, acme, with its doors, and a service for it.
type house struct {
	*Service
	t       *testing.T
	clock   *clock
	account *db.Account
	web     *db.AccessPoint
	admin   *db.Role
}

func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, store *db.DB) { test(t, newHouse(t, store)) })
}

func newState(t *testing.T, store *db.DB) *access.State {
	t.Helper()
	state, err := access.NewState(t.Context(), store, access.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func newHouse(t *testing.T, store *db.DB) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}}
	h.Service = New(Config{
		State: newState(t, store), Usage: access.NewUsage(store, slog.New(slog.DiscardHandler), nil, time.Now),
		Store: store, Catalogue: access.Builtin(), Passwords: weakHasher(t), Keys: testKeys(t), Now: h.clock.now, Log: slog.New(slog.DiscardHandler),
		PublicURL: testURL(),
		Mail:      &mail.Composer{PublicURL: "https://gatehouse.example", Now: h.clock.now},
	})
	t.Cleanup(h.Close)
	h.account = &db.Account{ID: typeid.New("account"), Handle: "acme", Name: "Acme", Policy: db.AccountPolicy{
		PasswordMinLength: 12, SessionIdleMinutes: 30, SessionMaxHours: 12,
	}}
	h.web = &db.AccessPoint{ID: typeid.New("ap"), AccountID: h.account.ID, Code: db.Web, Kind: db.Interactive, BuiltIn: true}
	h.admin = &db.Role{ID: typeid.New("role"), AccountID: h.account.ID, Kind: db.AdminRole, Name: "admin"}
	h.touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.CreateAccount(ctx, h.account), tx.CreateAccessPoint(ctx, h.web), tx.CreateRole(ctx, h.admin))
	})
	return h
}

func testKeys(t *testing.T) *secret.Keys {
	t.Helper()
	keys, err := secret.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func weakHasher(t *testing.T) *password.Hasher {
	t.Helper()
	hasher, err := password.New(password.Config{Params: password.Weakest(), MaxWaiting: 1000, MaxWait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return hasher
}

func (h *house) touch(fn func(ctx context.Context, tx *db.Tx) error) {
	h.t.Helper()
	if err := h.store.Touch(h.t.Context(), func(tx *db.Tx) error { return fn(h.t.Context(), tx) }); err != nil {
		h.t.Fatal(err)
	}
}

// user adds an ACTIVE user who may come through WEB with rightPassword, but for what the options change.
func (h *house) user(login string, options ...func(*db.User)) *db.User {
	h.t.Helper()
	hash, err := h.passwords.Hash(h.t.Context(), password.Known(""), rightPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	user := &db.User{
		ID: typeid.New("user"), AccountID: h.account.ID, Kind: db.Personal, LoginName: login, Name: login, Email: login + "@acme.example",
		Language: db.English, Status: db.Active, PasswordHash: hash,
	}
	for _, option := range options {
		option(user)
	}
	h.touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.CreateUser(ctx, user), tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{h.web.ID}))
	})
	return user
}

func forced(u *db.User)      { u.MFAForced = true }
func invited(u *db.User)     { u.Status, u.PasswordHash = db.Invited, "" }
func deactivated(u *db.User) { u.Status = db.Deactivated }

// whitelist asks of a user to come from a prefix.
func (h *house) whitelist(user *db.User, prefix string) {
	h.t.Helper()
	list := &db.Whitelist{ID: typeid.New("whitelist"), AccountID: h.account.ID, Name: prefix}
	entry := &db.WhitelistEntry{WhitelistID: list.ID, Prefix: db.Prefix{Prefix: netip.MustParsePrefix(prefix)}}
	h.touch(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(tx.CreateWhitelist(ctx, list, []*db.WhitelistEntry{entry}), tx.SetUserWhitelists(ctx, user.ID, []typeid.ID{list.ID}))
	})
}

// policy changes what the account asks of all its users.
func (h *house) policy(change func(*db.AccountPolicy)) {
	h.t.Helper()
	change(&h.account.Policy)
	h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateAccount(ctx, h.account) })
}

func from(ip netip.Addr) Client { return Client{IP: ip, UserAgent: "Browser/1.0"} }

func (h *house) signIn(client Client, login, password string) (Step, error) {
	return h.SignIn(h.t.Context(), client, SignInInput{Account: "acme", LoginName: login, Password: password})
}

// mustSignIn signs in with the right password from the office.
func (h *house) mustSignIn(login string) Step {
	h.t.Helper()
	step, err := h.signIn(from(office), login, rightPassword)
	if err != nil {
		h.t.Fatal(err)
	}
	return step
}

func (h *house) viewer(token secret.Token) *access.Viewer {
	h.t.Helper()
	viewer, err := h.Viewer(h.t.Context(), token, office)
	if err != nil {
		h.t.Fatal(err)
	}
	return viewer
}

// wrong makes wrong tries to sign in and fails unless each is answered with WRONG_CREDENTIALS.
func (h *house) wrong(login string, tries int) {
	h.t.Helper()
	for range tries {
		_, err := h.signIn(from(office), login, otherPassword)
		wantProblem(h.t, "a wrong password", err, problem.WrongCredentials, "")
	}
}

// app is an authenticator app.
type app struct {
	h      *house
	secret string
}

func (a app) code() string {
	a.h.t.Helper()
	code, err := totp.GenerateCode(a.secret, a.h.clock.now())
	if err != nil {
		a.h.t.Fatal(err)
	}
	return code
}

// enrol gives a session's user an authenticator app, and moves the clock to the next code.
func (h *house) enrol(step Step) (app, *Enrolled) {
	h.t.Helper()
	viewer := h.viewer(step.SessionToken)
	begun, err := h.BeginTOTPEnrolment(h.t.Context(), viewer, BeginTOTPEnrolmentInput{Name: "Phone"})
	if err != nil {
		h.t.Fatal(err)
	}
	a := app{h, begun.Secret}
	enrolled, err := h.FinishTOTPEnrolment(h.t.Context(), from(office), viewer, FinishTOTPEnrolmentInput{begun.ChallengeToken, a.code()})
	if err != nil {
		h.t.Fatal(err)
	}
	h.clock.pass(totpPeriod)
	return a, enrolled
}

func (h *house) verify(client Client, challenge *Challenge, code string) (Step, error) {
	return h.VerifyTOTP(h.t.Context(), client, VerifyTOTPInput{challenge.Token, code})
}

// mails takes what waits in the outbox, and returns the kinds, oldest first, and the last token in any of their links.
func (h *house) mails() (kinds []string, token secret.Token) {
	h.t.Helper()
	h.Settle()
	link := regexp.MustCompile(`#token=([A-Za-z0-9_-]+)`)
	for {
		var claimed *db.Mail
		err := h.store.Touch(h.t.Context(), func(tx *db.Tx) (err error) {
			now := db.At(h.clock.now())
			if claimed, err = tx.ClaimMail(h.t.Context(), now, now.Add(time.Hour)); err != nil {
				return err
			}
			if found := link.FindStringSubmatch(claimed.TextBody); found != nil {
				token = secret.Token(found[1])
			}
			return tx.MailSent(h.t.Context(), claimed, now)
		})
		if errors.Is(err, db.ErrNotFound) {
			return kinds, token
		}
		if err != nil {
			h.t.Fatal(err)
		}
		kinds = append(kinds, claimed.Kind)
	}
}

func (h *house) wantMails(what string, want ...string) {
	h.t.Helper()
	got, _ := h.mails()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.t.Errorf("%s: mails %v, want %v", what, got, want)
	}
}

// events are the outcomes, reasons and numbers of tries of an action, oldest first: "SUCCEEDED", "FAILED LOCKED 3".
func (h *house) events(action audit.Action) []string {
	h.t.Helper()
	h.Settle()
	list, err := h.store.AuditEvents(h.t.Context(), db.AuditScope{AccountID: h.account.ID},
		db.AuditEventFilter{Actions: []string{string(action)}}, db.Page{Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var told []string
	for _, event := range list.Items {
		text := string(event.Outcome) + " " + event.Reason
		for _, change := range event.Changes.V {
			if change.Field == "tries" {
				text += " " + *change.After
			}
		}
		told = append(told, strings.TrimSpace(text))
	}
	slices.Reverse(told)
	return told
}

func testURL() *url.URL { return &url.URL{Scheme: "https", Host: "gatehouse.example"} }
