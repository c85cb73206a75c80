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
	who := &person{}
	var key *db.APIKey
	if key, who.user, who.account, err = s.store.APIKeyWithUser(ctx, hash); err == nil {
		who.subject, err = view.Key(ctx, hash)
	}
	if errors.Is(err, db.ErrNotFound) {
		return nil, &KeyRefusedError{access.SubjectUnknown}
	}
	if err != nil {
		return nil, err
	}
	now := db.At(s.now())
	decision := access.Decide(who.subject, access.Request{AccessPoint: db.ForPrograms, IP: ip, At: now})
	s.usage.Note(who.subject, ip, decision, now)
	if !decision.Allowed() {
		if decision.Reason == access.IPNotWhitelisted {
			s.failed(who, eventKey{action: audit.APIKeyRefuse, outcome: db.Denied, reason: string(decision.Reason), ip: ip, keyID: key.ID, known: true})
		}
		return nil, &KeyRefusedError{decision.Reason}
	}
	return access.NewKeyViewer(who.account, who.user, key, ip, who.subject), nil
}
