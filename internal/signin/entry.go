package signin

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// A visitor of a service without a session there goes three ways: forward auth seals what was requested into an entry request
// ([Service.SealEntry]); Gatehouse, where the visitor is signed in, makes a code of it ([Service.Enter]); and forward auth puts a
// session at the access point in place of the code ([Service.FinishEntry]).
const (
	// EntryLifetime is how long signing in may take before the way back is lost.
	EntryLifetime = time.Hour
	// entryCodeLifetime is how long the way from Gatehouse back to the service may take.
	entryCodeLifetime = time.Minute
	// maxEntryCodes is how many codes a user gets in the lifetime of one.
	maxEntryCodes = 20
)

// EntryRequest is what a visitor of a service asked for, as forward auth tells. Only forward auth makes one, for a service that
// has shown its secret: no link of a stranger's can name an origin.
type EntryRequest struct {
	AccessPointID typeid.ID
	Origin        string
	Wanted        string // a URL at the origin
	BrowserHash   []byte // SHA-256 of the cookie that the visitor has at the origin
	ExpiresAt     db.Time
}

// entryPlace is what entry requests are sealed for.
const entryPlace = "entry_requests"

// SealEntry seals a request, which expires after [EntryLifetime].
func (s *Service) SealEntry(request EntryRequest) (string, error) {
	request.ExpiresAt = db.At(s.now().Add(EntryLifetime))
	plain, err := json.Marshal(request)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(s.keys.Seal(plain, entryPlace)), nil
}

// ErrEntryExpired says that an entry request was not made here, has expired, or names an origin that the access point no longer
// has.
var ErrEntryExpired = errors.New("signin: no entry request that counts")

func (s *Service) openEntry(sealed string) (*EntryRequest, error) {
	text, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || base64.RawURLEncoding.EncodeToString(text) != sealed { // the decoder skips line feeds
		return nil, ErrEntryExpired
	}
	plain, err := s.keys.Open(text, entryPlace)
	if errors.Is(err, secret.ErrSealed) {
		return nil, ErrEntryExpired
	}
	if err != nil {
		return nil, err
	}
	request := new(EntryRequest)
	if err := json.Unmarshal(plain, request); err != nil {
		return nil, err
	}
	if request.ExpiresAt <= db.At(s.now()) || request.ExpiresAt > db.At(s.now().Add(2*EntryLifetime)) { // by a clock that was ahead
		return nil, ErrEntryExpired
	}
	return request, nil
}

// EntryRefusedError says why somebody who is signed in may not use an access point.
type EntryRefusedError struct {
	Reason access.Reason
	Code   string // of the access point; empty where it is not the user's account's
}

func (e *EntryRefusedError) Error() string {
	return "signin: not let in at " + e.Code + ": " + string(e.Reason)
}

// EntryCode is what a visitor carries to an origin.
type EntryCode struct {
	Code   secret.Token
	Origin string
}

// Enter makes the code with which a signed-in visitor goes back to the origin of an entry request. It is good there alone, once,
// for a minute, in the browser that made the request, so that nobody can be signed in as somebody else by a link.
// [access.ErrUnauthenticated]: nobody is signed in; [ErrEntryExpired]; [EntryRefusedError]; [db.ErrTooManyCodes].
func (s *Service) Enter(ctx context.Context, client Client, sealed string) (*EntryCode, error) {
	request, err := s.openEntry(sealed)
	if err != nil {
		return nil, err
	}
	session, who, err := s.signedIn(ctx, client.SessionToken)
	if err != nil {
		return nil, err
	}
	point, err := s.deciding.AccessPointByID(ctx, who.account.ID, request.AccessPointID)
	switch {
	case errors.Is(err, db.ErrNotFound):
		return nil, &EntryRefusedError{Reason: access.SubjectUnknown}
	case err != nil:
		return nil, err
	case point.Kind != db.Interactive || !slices.Contains(point.Origins.V, request.Origin):
		return nil, ErrEntryExpired
	}
	now := db.At(s.now())
	if err := s.mayEnter(who, session, point, client.IP); err != nil {
		return nil, err
	}
	code := secret.NewToken()
	err = s.store.TouchAccount(ctx, who.account.ID, func(tx *db.Tx) error {
		if err := stillSignedIn(ctx, tx, who, session.ID); err != nil {
			return err
		}
		return tx.CreateEntryCode(ctx, &db.EntryCode{
			ID: typeid.New("entry"), CodeHash: code.Hash(), AccountID: who.account.ID, UserID: who.user.ID, SessionID: session.ID,
			AccessPointID: point.ID, Origin: request.Origin, Wanted: request.Wanted, BrowserHash: request.BrowserHash,
			CreatedAt: now, ExpiresAt: now.Add(entryCodeLifetime),
		}, maxEntryCodes)
	})
	if err != nil {
		return nil, err
	}
	return &EntryCode{code, request.Origin}, nil
}

// mayEnter decides about an access point, and leaves an event of a refusal.
func (s *Service) mayEnter(who *person, session *db.Session, point *db.AccessPoint, ip netip.Addr) error {
	decision := access.Decide(who.subject, access.Request{AccessPoint: point.Code, IP: ip, Assurance: session.Assurance, At: db.At(s.now())})
	if decision.Allowed() {
		return nil
	}
	if decision.Reason != access.MFARequired { // which a visitor goes on to show
		s.failed(who, eventKey{
			action: audit.SessionEnter, outcome: db.Denied, reason: string(decision.Reason), ip: ip, known: true, accessPoint: point.Code,
		})
	}
	return &EntryRefusedError{decision.Reason, point.Code}
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

// stillSignedIn refuses, in a transaction that has locked the account, when the session has ended meanwhile, or its user may sign in no longer.
func stillSignedIn(ctx context.Context, tx *db.Tx, who *person, sessionID typeid.ID) error {
	if _, err := unchanged(ctx, tx, who); errors.Is(err, errChanged) {
		return access.ErrUnauthenticated
	} else if err != nil {
		return err
	}
	_, err := tx.SessionByID(ctx, who.account.ID, sessionID)
	if errors.Is(err, db.ErrNotFound) {
		return access.ErrUnauthenticated
	}
	return err
}

// ShownEntry is a code as a visitor shows it to forward auth, and where.
type ShownEntry struct {
	Code          secret.Token
	AccessPointID typeid.ID
	Origin        string
	Browser       secret.Token // the cookie whose SHA-256 went into the entry request
	IP            netip.Addr
	UserAgent     string
}

// The reasons in the trail of a code that is not good where it was shown.
const (
	codeOfOtherAccessPoint = "CODE_OF_OTHER_ACCESS_POINT"
	codeOfOtherOrigin      = "CODE_OF_OTHER_ORIGIN"
	codeOfOtherBrowser     = "CODE_OF_OTHER_BROWSER"
	codeExpired            = "CODE_EXPIRED"
)

// refusal says why a code is not good where it is shown; empty when it is.
func (e ShownEntry) refusal(code *db.EntryCode, point *db.AccessPoint, now db.Time) string {
	switch {
	case code.AccessPointID != e.AccessPointID:
		return codeOfOtherAccessPoint
	case code.Origin != e.Origin || !slices.Contains(point.Origins.V, e.Origin):
		return codeOfOtherOrigin
	case e.Browser == "" || !bytes.Equal(code.BrowserHash, e.Browser.Hash()):
		return codeOfOtherBrowser
	case now >= code.ExpiresAt || code.ExpiresAt > now.Add(2*entryCodeLifetime): // by a clock that was ahead
		return codeExpired
	}
	return ""
}

// FinishEntry puts a session at the access point in place of a code, and returns its token and what was wanted first. The code is
// used up in any case. [access.ErrUnauthenticated]: it is good for nothing here; [EntryRefusedError].
func (s *Service) FinishEntry(ctx context.Context, shown ShownEntry) (token secret.Token, wanted string, err error) {
	now := db.At(s.now())
	var code *db.EntryCode
	err = s.store.Touch(ctx, func(tx *db.Tx) (err error) {
		code, err = tx.UseEntryCode(ctx, shown.Code.Hash(), now)
		return err
	})
	if errors.Is(err, db.ErrNotFound) {
		return "", "", access.ErrUnauthenticated
	}
	if err != nil {
		return "", "", err
	}
	session, who, point, err := s.entryParties(ctx, code)
	if err != nil {
		return "", "", err
	}
	if reason := shown.refusal(code, point, now); reason != "" {
		s.failed(who, eventKey{action: audit.SessionEnter, outcome: db.Denied, reason: reason, ip: shown.IP, accessPoint: point.Code})
		return "", "", access.ErrUnauthenticated
	}
	if err := s.mayEnter(who, session, point, shown.IP); err != nil {
		return "", "", err
	}
	token = secret.NewToken()
	err = s.store.ChangeAccount(ctx, who.account.ID, func(tx *db.Tx) error {
		if err := stillSignedIn(ctx, tx, who, session.ID); err != nil {
			return err
		}
		err := tx.CreateAccessPointSession(ctx, &db.AccessPointSession{
			ID: typeid.New("session"), TokenHash: token.Hash(), AccountID: who.account.ID, UserID: who.user.ID, SessionID: session.ID,
			AccessPointID: point.ID, Origin: code.Origin, CreatedAt: now, LastSeenAt: now,
			IP: shown.IP.Unmap().String(), UserAgent: printable(shown.UserAgent, maxUserAgent),
		}, maxSessions)
		if err != nil {
			return err
		}
		by := actor(who.account, who.user, shown.IP)
		by.AccessPoint = point.Code
		return audit.Record(ctx, tx, s.now(), audit.Event{
			AccountID: who.account.ID, Actor: by, Action: audit.SessionEnter, Target: userTarget(who.account, who.user),
		})
	})
	if err != nil {
		return "", "", err
	}
	return token, code.Wanted, nil
}

// entryParties reads what a code was made for.
func (s *Service) entryParties(ctx context.Context, code *db.EntryCode) (*db.Session, *person, *db.AccessPoint, error) {
	session, err := s.store.SessionByID(ctx, code.AccountID, code.SessionID)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil, nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, nil, nil, err
	}
	account, user, err := s.parties(ctx, code.AccountID, code.UserID)
	if err != nil {
		return nil, nil, nil, err
	}
	if !session.Live(account.Policy, db.At(s.now())) {
		return nil, nil, nil, access.ErrUnauthenticated
	}
	point, err := s.store.AccessPointByID(ctx, code.AccountID, code.AccessPointID)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil, nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, nil, nil, err
	}
	who := &person{account: account, user: user}
	return session, who, point, s.load(ctx, who)
}

// AccessPointSession finds a session at an access point by its token, with the live session that it came from.
// [access.ErrUnauthenticated]: there is none, or none any more.
func (s *Service) AccessPointSession(ctx context.Context, accessPointID typeid.ID, token secret.Token) (*db.AccessPointSession, error) {
	found, account, err := s.deciding.AccessPointSessionByToken(ctx, accessPointID, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return nil, access.ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	now := db.At(s.now())
	if !found.Session.Live(account.Policy, now) {
		return nil, access.ErrUnauthenticated
	}
	for id, last := range map[typeid.ID]db.Time{found.SessionID: found.Session.LastSeenAt, found.ID: found.LastSeenAt} {
		if toBeSeen(last, now) {
			s.background.saw(id, now)
		}
	}
	return found, nil
}
