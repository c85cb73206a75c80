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
	var (
		key *db.APIKey
		who = &person{}
	)
	err = s.store.Snapshot(ctx, func(reader db.Reader) (err error) {
		if key, err = reader.APIKeyByHash(ctx, token.Hash()); err != nil {
			return err
		}
		if who.account, err = reader.AccountByID(ctx, key.AccountID); err != nil {
			return err
		}
		if who.user, err = reader.UserByID(ctx, key.AccountID, key.UserID); err != nil {
			return err
		}
		if who.subject, err = access.LoadSubject(ctx, reader, s.catalogue, who.account, who.user); err != nil {
			return err
		}
		who.subject.Key, err = access.LoadKey(ctx, reader, key)
		return err
	})
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
