package access

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Service is what stands behind a door and asks who may come in. It hears of its own door and account only.
type Service struct {
	AccountID typeid.ID
	Handle    string
	DoorID    typeid.ID
	Code      string
	Kind      db.AccessPointKind
	// Origins are where forward auth may send a visitor back to.
	Origins []string
}

// Doorkeeper answers services, and notes who came in.
type Doorkeeper struct {
	State *State
	Usage *Usage
	Now   func() time.Time
}

// Inquiry is one request of a service, whose questions are all answered as of some moment after it was made.
type Inquiry struct {
	Service *Service
	keeper  *Doorkeeper
	view    View
}

// Inquire finds the service that shows a secret. [ErrUnauthenticated]: none does.
func (k *Doorkeeper) Inquire(ctx context.Context, text string) (*Inquiry, error) {
	token, err := secret.ParseShown(secret.ServiceSecret, text)
	if err != nil {
		return nil, ErrUnauthenticated
	}
	view, err := k.State.Look(ctx)
	if err != nil {
		return nil, err
	}
	service, err := view.Service(ctx, token.Hash())
	if errors.Is(err, db.ErrNotFound) {
		return nil, ErrUnauthenticated
	}
	if err != nil {
		return nil, err
	}
	return &Inquiry{service, k, view}, nil
}

// User finds a user of the service's account by ID or as "acme/jane"; nil when there is none.
func (i *Inquiry) User(ctx context.Context, reference string) (*Subject, error) {
	handle, loginName, named := strings.Cut(reference, "/")
	switch {
	case named && !strings.EqualFold(handle, i.Service.Handle):
		return nil, nil
	case named:
		return known(i.view.UserNamed(ctx, i.Service.AccountID, loginName))
	}
	id, err := typeid.Parse(reference)
	if err != nil {
		return nil, nil //nolint:nilerr // what is no ID is nobody's
	}
	return known(i.view.User(ctx, i.Service.AccountID, id))
}

// Key finds who shows a key, of the service's account; nil when there is no such key.
func (i *Inquiry) Key(ctx context.Context, text string) (*Subject, error) {
	token, err := secret.ParseShown(secret.APIKey, text)
	if err != nil {
		return nil, nil //nolint:nilerr // what was mistyped is nobody's
	}
	subject, err := known(i.view.Key(ctx, token.Hash()))
	if subject == nil || subject.AccountID != i.Service.AccountID {
		return nil, err
	}
	return subject, nil
}

func known(subject *Subject, err error) (*Subject, error) {
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	return subject, err
}

// Decide answers a question about the service's own door, and notes who came in.
func (i *Inquiry) Decide(subject *Subject, ip netip.Addr, permission string, assurance db.Assurance) Decision {
	now := db.At(i.keeper.Now())
	decision := Decide(subject, Request{
		AccessPoint: i.Service.Code, IP: ip, Permission: permission, Assurance: assurance, At: now,
	})
	i.keeper.Usage.Note(subject, ip, decision, now)
	return decision
}
