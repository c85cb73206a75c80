package signin

import (
	"context"
	"net/netip"
	"strconv"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// nameLocked is the reason in the trail of a try that was not looked at, besides [wrong] and those of [access.Decision].
const nameLocked = "LOCKED"

// somebody is the actor of what an unknown visitor did. What was typed as a login name is kept out: it may be a password
// in the wrong field.
const somebody = "unknown"

// eventKey is what one audit event tells of, however many tries there were.
type eventKey struct {
	accountID, userID typeid.ID // userID empty: no such user
	action            audit.Action
	outcome           db.AuditOutcome
	reason            string
	ip                netip.Addr
	keyID             typeid.ID // the key that was shown; empty: none
	known             bool      // the visitor is the user: the session or key tells
	accessPoint       string    // code; empty: WEB, or API for a key
}

// mailKey is what one mail tells of.
type mailKey struct {
	accountID, userID typeid.ID
	// refusedFrom is an address outside the user's whitelists from which somebody had the right password; the zero value:
	// wrong passwords and codes, from wherever.
	refusedFrom netip.Addr
}

// failed hands a failed try over to the trail and the user, whether there is such a user or not.
func (s *Service) failed(who *person, key eventKey) {
	now := db.At(s.now())
	key.accountID, key.userID = who.account.ID, who.user.ID
	s.background.after(func(ctx context.Context) {
		b := s.background
		if key.accountID == "" {
			return
		}
		b.makeRoom(ctx)
		b.events.add(key, now)
		if who.user.Status == db.Active && who.user.Kind == db.Personal && key.action != audit.SessionRefuse && key.action != audit.SessionEnter && key.action != audit.APIKeyRefuse &&
			key.reason != string(copiedPasskey) { // which has a mail of its own
			tells := mailKey{accountID: key.accountID, userID: key.userID}
			if key.reason == string(access.IPNotWhitelisted) {
				tells.refusedFrom = key.ip
			}
			b.mails.add(tells, now)
		}
		b.tell(ctx, false)
	})
}

// recordTries writes one event of a run of tries.
func (s *Service) recordTries(ctx context.Context, key eventKey, r run) error {
	account, user, err := s.parties(ctx, key.accountID, key.userID)
	if err != nil {
		return err
	}
	event := audit.Event{
		AccountID: key.accountID,
		Actor:     db.Actor{ActorName: somebody, AccessPoint: db.Web, IP: key.ip.String()},
		Action:    key.action,
		Outcome:   key.outcome,
		Reason:    key.reason,
	}
	if user != nil {
		event.Target = userTarget(account, user)
	}
	if key.known && user != nil {
		event.Actor.ActorID, event.Actor.ActorName = user.ID, event.Target.Name
	}
	if key.accessPoint != "" {
		event.Actor.AccessPoint = key.accessPoint
	}
	if key.keyID != "" {
		event.Actor.APIKeyID, event.Actor.AccessPoint = key.keyID, db.ForPrograms
	}
	if r.count > 1 {
		tries := strconv.Itoa(r.count)
		event.Changes = []db.AuditChange{{Field: "tries", After: &tries}}
	}
	return s.store.Change(ctx, func(tx *db.Tx) error { return audit.Record(ctx, tx, s.now(), event) })
}

// mailTries queues one mail of a run of tries.
func (s *Service) mailTries(ctx context.Context, key mailKey, r run) error {
	account, user, err := s.parties(ctx, key.accountID, key.userID)
	if err != nil {
		return err
	}
	var message mail.Message = mail.FailedSignIns{Count: r.count, Since: r.since.Time()}
	if key.refusedFrom.IsValid() {
		message = mail.SignInRefusedAddress{IP: key.refusedFrom, At: r.since.Time()}
	}
	return s.store.Touch(ctx, func(tx *db.Tx) error { return s.mail.Queue(ctx, tx, mail.To(account, user), message) })
}

// parties reads an account and one of its users; nil for an empty ID.
func (s *Service) parties(ctx context.Context, accountID, userID typeid.ID) (*db.Account, *db.User, error) {
	account, err := s.store.AccountByID(ctx, accountID)
	if err != nil || userID == "" {
		return account, nil, err
	}
	user, err := s.store.UserByID(ctx, accountID, userID)
	return account, user, err
}

func userTarget(account *db.Account, user *db.User) audit.Target {
	return audit.Target{ID: user.ID, Name: access.QualifiedName(account, user)}
}

func actor(account *db.Account, user *db.User, ip netip.Addr) db.Actor {
	return db.Actor{ActorID: user.ID, ActorName: access.QualifiedName(account, user), AccessPoint: db.Web, IP: ip.Unmap().String()}
}
