package signin

import (
	"context"
	"errors"
	"net/netip"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// KeyRefusedError says why a key is not let in. Whoever shows a key has all of its 256 bits, and may know.
type KeyRefusedError struct{ Reason access.Reason }

func (e *KeyRefusedError) Error() string { return "signin: key refused: " + string(e.Reason) }

// KeyViewer tells who asks with an API key at GraphQL, and what they may do at this moment. Everything is asked anew, as of
// a session. [secret.ErrMistyped]: the text is no key at all; otherwise a refusal is a [KeyRefusedError].
func (s *Service) KeyViewer(ctx context.Context, text string, ip netip.Addr) (*access.Viewer, error) {
	token, err := secret.ParseShown(secret.APIKey, text)
	if err != nil {
		return nil, err
	}
	hash := token.Hash()
	view, err := s.state.Look(ctx)
	if err != nil {
		return nil, err
	}
	subject, err := view.Key(ctx, hash)
	var rows *keyRows
	if err == nil {
		rows, err = s.keyRows.find(ctx, s.deciding, subject, hash)
	}
	if errors.Is(err, db.ErrNotFound) {
		return nil, &KeyRefusedError{access.SubjectUnknown}
	}
	if err != nil {
		return nil, err
	}
	who := &person{account: rows.account, user: rows.user, subject: subject}
	now := db.At(s.now())
	decision := access.Decide(who.subject, access.Request{AccessPoint: db.ForPrograms, IP: ip, At: now})
	s.usage.Note(who.subject, ip, decision, now)
	if !decision.Allowed() {
		if decision.Reason == access.IPNotWhitelisted {
			s.failed(who, eventKey{action: audit.APIKeyRefuse, outcome: db.Denied, reason: string(decision.Reason), ip: ip, keyID: rows.key.ID, known: true})
		}
		return nil, &KeyRefusedError{decision.Reason}
	}
	return rows.from(ip), nil
}

// Renew returns a viewer with rows as they are now: those of a key may be older in what does not change who may do what,
// such as when the key was last used.
func (s *Service) Renew(ctx context.Context, viewer *access.Viewer) (*access.Viewer, error) {
	if viewer.Key == nil {
		return viewer, nil
	}
	key, user, account, err := s.store.APIKeyWithUser(ctx, viewer.Key.KeyHash)
	if err != nil {
		return nil, err
	}
	renewed := *viewer
	renewed.Key, renewed.User, renewed.Account = key, user, account
	return &renewed, nil
}
