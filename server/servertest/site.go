// Package servertest starts the whole handler over HTTP, with a real database, for tests that ask it what clients ask.
package servertest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server"
)

// Site is a running server.
type Site struct {
	T        testing.TB
	Store    *db.DB
	Accounts *account.Service
	SignIn   *signin.Service
	State    *access.State
	Usage    *access.Usage
	Clock    *Clock
	URL      string
	Handler  http.Handler // what answers at the URL
	// Log is what the server has logged.
	Log *Log

	config    server.Config
	transport *http.Transport // connects to the server, whatever the host
}

// Clock only moves when the test moves it.
type Clock struct {
	mutex sync.Mutex
	at    time.Time
}

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(d)
}

// Log keeps what is written to it.
type Log struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(b []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(b)
}

// String is everything that was written.
func (l *Log) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

// New starts a server on a database. The options change its configuration.
func New(t testing.TB, store *db.DB, options ...func(*server.Config)) *Site {
	t.Helper()
	passwords, err := password.New(password.Config{Params: password.Weakest(), MaxWaiting: 1000, MaxWait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return NewHashing(t, store, passwords, options...)
}

// NewHashing is [New] with another way to hash passwords.
func NewHashing(t testing.TB, store *db.DB, passwords *password.Hasher, options ...func(*server.Config)) *Site {
	t.Helper()
	s := &Site{T: t, Store: store, Clock: &Clock{at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}, Log: &Log{}}
	log := slog.New(slog.NewTextHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	keys, err := secret.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	// As at the start of the program, before anything is sealed.
	if err := store.Touch(t.Context(), func(tx *db.Tx) error { return tx.AdmitKeys(t.Context(), keys, db.At(s.Clock.Now())) }); err != nil {
		t.Fatal(err)
	}
	s.config = server.Config{
		Store: store, Catalogue: access.Builtin(),
		Page:      fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "script-hashes.txt": {Data: []byte("sha256-AAA=\n")}},
		PublicURL: &url.URL{Scheme: "http", Host: "localhost:8080"},
		Log:       log, Metrics: server.NewMetrics(store), Now: s.Clock.Now,
	}
	for _, option := range options {
		option(&s.config)
	}
	composer := &mail.Composer{PublicURL: "https://gatehouse.example", Now: s.Clock.Now}
	if s.State, err = access.NewState(t.Context(), store, access.Builtin()); err != nil {
		t.Fatal(err)
	}
	s.Accounts = account.New(account.Config{
		Store: store, Catalogue: access.Builtin(), Passwords: passwords, Keys: keys, Mail: composer, Now: s.Clock.Now,
	})
	s.Usage = access.NewUsage(store, log, s.Accounts.TellOfNewAddress, s.Clock.Now)
	s.SignIn = signin.New(signin.Config{
		Store: store, Catalogue: access.Builtin(), Passwords: passwords, Keys: keys, Mail: composer, State: s.State, Usage: s.Usage, Now: s.Clock.Now, Log: log,
		PublicURL: s.config.PublicURL,
	})
	s.config.Accounts, s.config.SignIn = s.Accounts, s.SignIn
	s.config.Doorkeeper = &access.Doorkeeper{State: s.State, Usage: s.Usage, Now: s.Clock.Now}
	t.Cleanup(s.SignIn.Close)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the server's log:\n%s", s.Log)
		}
	})
	if s.Handler, err = server.New(s.config); err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewServer(s.Handler)
	t.Cleanup(listening.Close)
	s.URL = listening.URL
	s.transport = &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, listening.Listener.Addr().String())
	}}
	t.Cleanup(s.transport.CloseIdleConnections)
	return s
}

// Touch writes to the database as no client can.
func (s *Site) Touch(fn func(ctx context.Context, tx *db.Tx) error) {
	s.T.Helper()
	if err := s.Store.Touch(s.T.Context(), func(tx *db.Tx) error { return fn(s.T.Context(), tx) }); err != nil {
		s.T.Fatal(err)
	}
}

// Mail takes the oldest mail out of the outbox.
func (s *Site) Mail() *db.Mail {
	s.T.Helper()
	var taken *db.Mail
	s.Touch(func(ctx context.Context, tx *db.Tx) error {
		now := db.At(s.Clock.Now())
		claimed, err := tx.ClaimMail(ctx, now, now.Add(time.Hour))
		if err != nil {
			return err
		}
		taken = new(db.Mail)
		*taken = *claimed
		return tx.MailSent(ctx, claimed, now)
	})
	return taken
}

// Password is every test user's.
const Password = "copper lantern drifts over quiet fjords"

// Account is an account with what it has from the beginning.
type Account struct {
	*db.Account
	site *Site
	// Admin has the role admin, and need show no second factor.
	Admin *db.User
}

// Account makes an account.
func (s *Site) Account(handle string) *Account {
	s.T.Helper()
	ctx := s.T.Context()
	made, admin, _, err := s.Accounts.CreateAccount(ctx, account.NewAccount{
		Handle: handle, Name: handle, Email: "admin@" + handle + ".example", Password: Password,
	})
	if err != nil {
		s.T.Fatal(err)
	}
	admin.MFAForced = false
	s.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.UpdateUser(ctx, admin) })
	return &Account{Account: made, site: s, Admin: admin}
}

// Person adds an ACTIVE user who may come through WEB, with a role of their own that grants the given codes.
func (a *Account) Person(login string, codes ...string) *db.User {
	a.site.T.Helper()
	now := db.At(a.site.Clock.Now())
	role := &db.Role{
		ID: typeid.New("role"), AccountID: a.ID, Kind: db.CustomRole, Name: "Role of " + login, Permissions: db.NewCodes(codes...),
		CreatedAt: now, UpdatedAt: now, Revision: 1,
	}
	user := &db.User{
		ID: typeid.New("user"), AccountID: a.ID, Kind: db.Personal, LoginName: login, Name: login, Email: login + "@" + a.Handle + ".example",
		Language: db.English, Status: db.Active, CreatedAt: now, CreatedBy: a.Admin.ID, UpdatedAt: now, Revision: 1,
	}
	a.site.Touch(func(ctx context.Context, tx *db.Tx) error {
		points, err := tx.AccessPointsByCode(ctx, a.ID, []string{db.Web})
		if err != nil {
			return err
		}
		return errors.Join(tx.CreateRole(ctx, role), tx.CreateUser(ctx, user), tx.SetUserRoles(ctx, user.ID, []typeid.ID{role.ID}),
			tx.SetUserAccessPoints(ctx, user.ID, []typeid.ID{points[db.Web].ID}))
	})
	return user
}

// Session makes a session of a user and a client that shows it.
func (a *Account) Session(user *db.User, assurance db.Assurance) *Client {
	a.site.T.Helper()
	token, now := secret.NewToken(), db.At(a.site.Clock.Now())
	a.site.Touch(func(ctx context.Context, tx *db.Tx) error {
		return tx.CreateSession(ctx, &db.Session{
			ID: typeid.New("session"), TokenHash: token.Hash(), AccountID: a.ID, UserID: user.ID, Assurance: assurance,
			CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(12 * time.Hour), ProvenAt: now, IP: "127.0.0.1", UserAgent: "test",
		}, 50)
	})
	client := a.site.Client()
	client.SetCookie("gatehouse_session", string(token))
	return client
}

// As is a client that is signed in as a user.
func (a *Account) As(user *db.User) *Client { return a.Session(user, db.ByPassword) }

// AsAdmin is a client that is signed in as the administrator.
func (a *Account) AsAdmin() *Client { return a.As(a.Admin) }

// Drain reads and closes a body.
func Drain(t testing.TB, response *http.Response) string {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
