package signin

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// doorCodeLifetime is how long the way from Gatehouse back to the service may take.
const doorCodeLifetime = time.Minute

// DoorRefusedError says why somebody who is signed in may not come in at a service's door.
type DoorRefusedError struct {
	Reason access.Reason
	Code   string // of the access point
}

func (e *DoorRefusedError) Error() string {
	return "signin: not let in at " + e.Code + ": " + string(e.Reason)
}

// ErrForeignOrigin says that an access point does not send visitors back to an origin.
var ErrForeignOrigin = errors.New("signin: not an origin of the access point")

// EnterDoor makes the code with which a signed-in visitor goes back to the service behind an INTERACTIVE access point.
// browser is the SHA-256 of the cookie that the visitor has there: only that browser may use the code, so that nobody can
// be signed in as somebody else by a link. [access.ErrUnauthenticated]: nobody is signed in; [db.ErrNotFound]: the account
// has no such access point; [ErrForeignOrigin]; [DoorRefusedError].
func (s *Service) EnterDoor(ctx context.Context, client Client, accessPointID typeid.ID, origin string, browser []byte) (secret.Token, error) {
	session, who, err := s.signedIn(ctx, client.SessionToken)
	if err != nil {
		return "", err
	}
	point, err := s.deciding.AccessPointByID(ctx, who.account.ID, accessPointID)
	if err != nil {
		return "", err
	}
	if point.Kind != db.Interactive || !slices.Contains(point.Origins.V, origin) {
		return "", ErrForeignOrigin
	}
	now := db.At(s.now())
	decision := access.Decide(who.subject, access.Request{AccessPoint: point.Code, IP: client.IP, Assurance: session.Assurance, At: now})
	if !decision.Allowed() {
		return "", &DoorRefusedError{decision.Reason, point.Code}
	}
	code := secret.NewToken()
	return code, s.store.Touch(ctx, func(tx *db.Tx) error {
		return tx.CreateDoorSession(ctx, &db.DoorSession{
			ID: typeid.New("door"), SessionID: session.ID, AccessPointID: point.ID, CodeHash: code.Hash(), BrowserHash: browser,
			CodeExpiresAt: now.Add(doorCodeLifetime), CreatedAt: now,
		})
	})
}

// signedIn finds a live session with its person, who may lack the access point WEB.
func (s *Service) signedIn(ctx context.Context, token secret.Token) (*db.Session, *person, error) {
	if token == "" {
		return nil, nil, access.ErrUnauthenticated
	}
	session, user, account, err := s.deciding.SessionByToken(ctx, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, nil, err
	}
	if !session.Live(account.Policy, db.At(s.now())) {
		return nil, nil, access.ErrUnauthenticated
	}
	who := &person{account: account, user: user}
	return session, who, s.load(ctx, who)
}

// UseDoorCode puts a token, which is the cookie on the service's host, in place of a code. The browser's cookie is the one
// whose SHA-256 came with [Service.EnterDoor]. [access.ErrUnauthenticated]: the code is good for nothing here.
func (s *Service) UseDoorCode(ctx context.Context, accessPointID typeid.ID, code, browser secret.Token) (secret.Token, error) {
	token := secret.NewToken()
	err := s.store.Touch(ctx, func(tx *db.Tx) error {
		return tx.UseDoorCode(ctx, accessPointID, code.Hash(), browser.Hash(), token.Hash(), db.At(s.now()))
	})
	if errors.Is(err, db.ErrNotFound) {
		return "", access.ErrUnauthenticated
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// DoorSession finds the live session that a door-scoped token of an access point came from.
// [access.ErrUnauthenticated]: there is none, or none any more.
func (s *Service) DoorSession(ctx context.Context, accessPointID typeid.ID, token secret.Token) (*db.Session, error) {
	session, account, err := s.deciding.SessionByDoorToken(ctx, accessPointID, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	now := db.At(s.now())
	if !session.Live(account.Policy, now) {
		return nil, access.ErrUnauthenticated
	}
	if now >= session.LastSeenAt.Add(seenEvery) {
		s.background.saw(session.ID, now)
	}
	return session, nil
}
