package account

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// house is a site whose service can do everything, for the tests of users, with people who may do more and less.
type house struct {
	*site
	now      time.Time
	api      *db.AccessPoint
	everyone *access.Viewer // holds the role all: more than admin, but not admin
	helpdesk *access.Viewer // may do everything to users, and one thing besides
	nobody   *access.Viewer // may do nothing to users
}

const goodPassword = "correct horse battery staple"

// helpdeskCodes are what the helpdesk's role grants.
var helpdeskCodes = []string{
	access.ViewUser, access.CreateUser, access.UpdateUser, access.DeactivateUser, access.ManageWhitelist, access.ManageAccount, "VIEW_DOMAIN",
}

func newHouse(t *testing.T, store *db.DB) *house {
	t.Helper()
	h := &house{site: newSite(t, store, "acme"), now: siteTime}
	h.service = newService(t, store, func() time.Time { return h.now })
	h.account.Policy, h.account.Revision = newPolicy, 1
	h.api = &db.AccessPoint{ID: typeid.New("ap"), AccountID: h.account.ID, Code: "API", Name: "API", Kind: db.Programmatic, BuiltIn: true, Revision: 1}
	h.touch(func(tx *db.Tx) error {
		return errors.Join(tx.UpdateAccount(t.Context(), h.account), tx.CreateAccessPoint(t.Context(), h.api))
	})
	h.everyone = h.person("everyone", h.all)
	h.helpdesk = h.holder("helpdesk", helpdeskCodes...)
	h.nobody = h.holder("nobody", "VIEW_DOMAIN")
	return h
}

func newService(t *testing.T, store *db.DB, now func() time.Time) *Service {
	t.Helper()
	hasher := must[*password.Hasher](t)(password.New(password.Config{Params: password.Weakest()}))
	keys := must[*secret.Keys](t)(secret.NewKeys(bytes.Repeat([]byte{7}, 32)))
	composer := &mail.Composer{PublicURL: "https://gatehouse.example", Now: now}
	return New(Config{Store: store, Catalogue: access.Builtin(), Passwords: hasher, Keys: keys, Mail: composer, Now: now})
}

// other is a second account in the same database.
func (h *house) other() *site {
	h.t.Helper()
	other := newSite(h.t, h.service.store, "other")
	other.service = h.service
	return other
}

// newUser is an input that nothing is wrong with.
func (h *house) newUser(loginName string) CreateUserInput {
	return CreateUserInput{
		Kind: db.Personal, LoginName: loginName, Email: loginName + "@acme.example", Name: "Jane " + loginName, Language: db.Dutch,
		RoleIDs: []typeid.ID{h.role("Role for "+loginName, "VIEW_DOMAIN").ID}, AccessPoints: []string{db.Web},
	}
}

func (h *house) newProgram(loginName string) CreateUserInput {
	input := h.newUser(loginName)
	input.Kind, input.MFAForced, input.AccessPoints = db.API, true, []string{"API"}
	return input
}

// create makes a user as the boss.
func (h *house) create(input CreateUserInput) *db.User {
	h.t.Helper()
	return must[*db.User](h.t)(h.service.CreateUser(h.t.Context(), h.boss, input))
}

// stored is a user as it is in the database.
func (h *house) stored(id typeid.ID) *db.User {
	h.t.Helper()
	return must[*db.User](h.t)(h.service.store.UserByID(h.t.Context(), h.account.ID, id))
}

func (h *house) roleNames(id typeid.ID) []string {
	h.t.Helper()
	roles := must[map[typeid.ID][]*db.Role](h.t)(h.service.store.RolesByUser(h.t.Context(), []typeid.ID{id}))
	return each(roles[id], roleName)
}

func (h *house) whitelistNames(id typeid.ID) []string {
	h.t.Helper()
	lists := must[map[typeid.ID][]*db.Whitelist](h.t)(h.service.store.WhitelistsByUser(h.t.Context(), []typeid.ID{id}))
	return each(lists[id], whitelistName)
}

// prove is the viewer in a session with a fresh proof.
func (h *house) prove(viewer *access.Viewer) *access.Viewer { return h.proven(viewer, h.now) }

// proven is the viewer in a session whose last proof is of the given time.
func (h *house) proven(viewer *access.Viewer, at time.Time) *access.Viewer {
	h.t.Helper()
	proven := *viewer
	proven.Session = h.session(viewer.User, at)
	return &proven
}

// signIn gives a user a session, a device, a challenge and a factor, for the tests of what ends them.
func (h *house) signIn(userID typeid.ID) {
	h.t.Helper()
	ctx, now := h.t.Context(), db.At(h.now)
	session := &db.Session{
		ID: typeid.New("session"), TokenHash: secret.NewToken().Hash(), AccountID: h.account.ID, UserID: userID, Assurance: db.ByMFA,
		CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour),
	}
	h.touch(func(tx *db.Tx) error {
		return errors.Join(
			tx.CreateSession(ctx, session, 50),
			tx.ReplaceDevice(ctx, &db.Device{TokenHash: deviceHash(userID), UserID: userID, CreatedAt: now, LastUsedAt: now}, nil, 10),
			tx.CreateChallenge(ctx, &db.Challenge{
				ID: typeid.New("challenge"), TokenHash: challengeHash(userID), Purpose: db.SignInChallenge,
				AccountID: h.account.ID, UserID: userID, CreatedAt: now, ExpiresAt: now.Add(time.Hour),
			}),
			tx.CreateFactor(ctx, &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: userID, Name: "Phone", CreatedAt: now}, Secret: []byte("sealed")}),
			tx.CreateFactor(ctx, &db.Passkey{
				Factor:       db.Factor{ID: typeid.New("passkey"), UserID: userID, Name: "Laptop", CreatedAt: now},
				CredentialID: []byte(userID), PublicKey: []byte{1}, AAGUID: make([]byte, 16), Transports: db.JSON[[]string]{V: []string{}},
			}),
			tx.SetRecoveryCodes(ctx, userID, [][]byte{[]byte("code")}, now),
		)
	})
}

func deviceHash(userID typeid.ID) []byte    { return secret.Token("device of " + userID).Hash() }
func challengeHash(userID typeid.ID) []byte { return secret.Token("challenge of " + userID).Hash() }

// left says what a user still has of what signIn gave.
func (h *house) left(userID typeid.ID) []string {
	h.t.Helper()
	ctx, now, ids := h.t.Context(), db.At(h.now), []typeid.ID{userID}
	store := h.service.store
	var left []string
	if len(must[map[typeid.ID][]*db.Session](h.t)(store.SessionsByUser(ctx, newPolicy, now, ids))[userID]) > 0 {
		left = append(left, "session")
	}
	if must[bool](h.t)(store.HasDevice(ctx, userID, deviceHash(userID), 0)) {
		left = append(left, "device")
	}
	if _, err := store.ChallengeByToken(ctx, challengeHash(userID), now, db.SignInChallenge); err == nil {
		left = append(left, "challenge")
	}
	for _, factor := range must[[]db.SecondFactor](h.t)(store.Factors(ctx, userID)) {
		left = append(left, factor.Of().Name)
	}
	if must[map[typeid.ID]int](h.t)(store.RecoveryCodeCountByUser(ctx, ids))[userID] > 0 {
		left = append(left, "recovery codes")
	}
	return left
}

// mails takes what was queued since the last call out of the outbox, oldest first.
func (h *house) mails() []*db.Mail {
	h.t.Helper()
	var mails []*db.Mail
	for {
		var next *db.Mail
		err := h.service.store.Touch(h.t.Context(), func(tx *db.Tx) (err error) {
			if next, err = tx.ClaimMail(h.t.Context(), db.At(h.now), db.At(h.now).Add(time.Hour)); err != nil {
				return err
			}
			return tx.MailSent(h.t.Context(), next, db.At(h.now))
		})
		if errors.Is(err, db.ErrNotFound) {
			slices.SortFunc(mails, func(a, b *db.Mail) int { return bytes.Compare([]byte(a.ID), []byte(b.ID)) })
			return mails
		}
		if err != nil {
			h.t.Fatal(err)
		}
		mails = append(mails, next)
	}
}

// oneMail is the only mail that was queued since the last call.
func (h *house) oneMail(kind string) *db.Mail {
	h.t.Helper()
	mails := h.mails()
	if len(mails) != 1 || mails[0].Kind != kind {
		h.t.Fatalf("mails: %v, want one %s", each(mails, func(m *db.Mail) string { return m.Kind }), kind)
	}
	return mails[0]
}

var tokenPattern = regexp.MustCompile(`#token=([\w-]{43})`)

// tokenIn is the token of the link in a mail, empty when it brings none.
func tokenIn(m *db.Mail) secret.Token {
	found := tokenPattern.FindStringSubmatch(m.TextBody)
	if found == nil {
		return ""
	}
	return secret.Token(found[1])
}

// lives says whether a link can still be used.
func (h *house) lives(token secret.Token) bool {
	h.t.Helper()
	_, err := h.service.store.LinkByToken(h.t.Context(), token.Hash(), db.At(h.now), db.InvitationLink, db.ResetLink, db.ConfirmEmailLink, db.SetUpLink)
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		h.t.Fatal(err)
	}
	return err == nil
}

// problemsOf writes what an error carries as "CODE at path", sorted.
func problemsOf(err error) []string {
	told := make([]string, 0)
	for _, p := range problem.From(err) {
		path := ""
		for _, part := range p.Field[1:] {
			path += "." + part
		}
		told = append(told, string(p.Code)+" "+path)
	}
	slices.Sort(told)
	return told
}
