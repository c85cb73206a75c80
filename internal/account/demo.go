package account

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// demo fills an account by living its past: the operations are the service's own, only that its clock stands where the
// story is, and that it sends no mail, because nobody in it has a mailbox.
type demo struct {
	*Service
	account *db.Account
	admin   *db.User // whoever the account was created with
	present time.Time
	at      time.Time // where the story is
	hash    string    // of a password that nobody knows
	// By name and by login name.
	roles, whitelists map[string]typeid.ID
	users             map[string]*db.User
	// sessions are what the users work in, until the story ends.
	sessions map[string]*db.Session
}

// FillDemo fills a new account with the roles, people, applications and whitelists of a registrar's reseller and with a
// past of four months, of which the last three are busy. Nobody in it can sign in before an administrator has given them a
// password. Where the account's administrator bears the name of somebody in it, they are that person.
func (s *Service) FillDemo(ctx context.Context, account *db.Account, admin *db.User) error {
	hash, err := s.passwords.Hash(ctx, password.Known("system"), password.Generate())
	if err != nil {
		return err
	}
	quiet := *s
	quiet.mail, quiet.store = nil, s.store.Backdated()
	d := &demo{
		Service: &quiet, account: account, admin: admin, present: s.now(), hash: hash,
		roles: map[string]typeid.ID{}, whitelists: map[string]typeid.ID{}, users: map[string]*db.User{}, sessions: map[string]*db.Session{},
	}
	quiet.now = func() time.Time { return d.at }
	for _, person := range demoPeople {
		if text.Key(person.login) == admin.LoginKey || text.EmailKey(person.email()) == admin.EmailKey {
			d.users[person.login] = admin
		}
	}
	for _, chapter := range []func(context.Context) error{
		d.begin, d.makeRoles, d.makeWhitelists, d.makePeople, d.makePrograms, d.makeKeys, d.live, d.signIn, d.lockSomebody, d.endSessions,
	} {
		if err := chapter(ctx); err != nil {
			return err
		}
	}
	return nil
}

// on moves the clock to a day and a time of day, but never past the present.
func (d *demo) on(daysAgo, hour, minute int) {
	day := d.present.AddDate(0, 0, -daysAgo)
	d.at = time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
	if d.at.After(d.present) {
		d.at = d.present
	}
}

// as is somebody at their desk, with what they may do at this point of the story.
func (d *demo) as(ctx context.Context, login string) (*access.Viewer, error) {
	user, ip := d.users[login], netip.MustParseAddr(demoPeople[0].ip)
	for _, person := range demoPeople {
		if person.login == login {
			ip = netip.MustParseAddr(person.ip)
		}
	}
	subject, err := access.LoadSubject(ctx, d.store.Reader, d.catalogue, d.account, user)
	if err != nil {
		return nil, err
	}
	session, err := d.session(ctx, login)
	if err != nil {
		return nil, err
	}
	return access.NewViewer(d.account, user, session, ip, subject), nil
}

// session is one that a user works in all along, proven anew each time.
func (d *demo) session(ctx context.Context, login string) (*db.Session, error) {
	if session := d.sessions[login]; session != nil {
		session.ProvenAt = db.At(d.at)
		return session, d.store.Touch(ctx, func(tx *db.Tx) error { return tx.RaiseSession(ctx, session, session.TokenHash) })
	}
	began := db.At(d.at)
	session := &db.Session{
		ID: typeid.New("session"), TokenHash: secret.NewToken().Hash(), AccountID: d.account.ID, UserID: d.users[login].ID, Assurance: db.ByMFA,
		CreatedAt: began, LastSeenAt: began, ExpiresAt: d.account.Policy.SessionEnd(db.At(d.present)), ProvenAt: began,
	}
	d.sessions[login] = session
	return session, d.store.Touch(ctx, func(tx *db.Tx) error { return tx.CreateSession(ctx, session, len(demoPeople)) })
}

func (d *demo) endSessions(ctx context.Context) error {
	return d.store.Touch(ctx, func(tx *db.Tx) error {
		for _, session := range d.sessions {
			if err := tx.DeleteSession(ctx, session.ID); err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
		}
		return nil
	})
}

// begin creates who creates everybody else, as the command line would.
func (d *demo) begin(ctx context.Context) error {
	roles, err := d.store.Roles(ctx, d.account.ID, db.RoleFilter{}, db.Page{Limit: 100})
	if err != nil {
		return err
	}
	for _, role := range roles.Items {
		d.roles[role.Name] = role.ID
	}
	first := demoPeople[0]
	if d.users[first.login] != nil {
		return nil
	}
	d.on(first.created, 9, 0)
	a := &attempt{service: d.Service, account: d.account, accountID: d.account.ID, action: audit.UserCreate, now: db.At(d.at)}
	user, err := a.createUser(ctx, d.input(first))
	if err != nil {
		return err
	}
	d.users[first.login] = user
	return d.takeInvitation(ctx, first, user)
}

// refused is an error unless an operation was refused, as the story wants it.
func refused(err error) error {
	if refusal(err) != "" {
		return nil
	}
	return errors.Join(errors.New("account: the demonstration wants a refusal here"), err)
}
