package account

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	idempotencyLifetime = 24 * time.Hour
	idempotencyKeyMax   = 255
)

// idempotentRequest is a request that may be a repetition. The zero value, without a key, never is.
type idempotentRequest struct {
	attempt *attempt
	key     string
	input   []string // what is digested
}

// idempotent reads the key of a request. The input may hold a password: it is compared only as part of a digest under
// the key file's key, which cannot be tried against a list of passwords (product rule 14).
func (a *attempt) idempotent(key *string, input any) (*idempotentRequest, error) {
	request := &idempotentRequest{attempt: a}
	if key == nil {
		return request, nil
	}
	clean, ok := text.Clean(*key)
	switch {
	case !ok || clean == "":
		return nil, problem.New(problem.Invalid, "idempotency_key.invalid", "idempotencyKey")
	case len(clean) > idempotencyKeyMax:
		return nil, problem.New(problem.TooLong, "idempotency_key.too_long", "idempotencyKey", "limit", idempotencyKeyMax)
	}
	canonical, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	if a.viewer.Key != nil {
		clean = string(a.viewer.Key.ID) + " " + clean // a key is a viewer of its own
	}
	request.key, request.input = clean, []string{"idempotency", string(a.action), string(canonical)}
	return request, nil
}

// answer returns the user that the first request with the key created, nil when this is the first.
func (q *idempotentRequest) answer(ctx context.Context, r db.Reader) (*db.User, error) {
	if q.key == "" {
		return nil, nil
	}
	a := q.attempt
	answer, err := r.IdempotentAnswer(ctx, a.viewer.User.ID, q.key, q.forgotten())
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(a.service.keys.MACs(q.input...), func(form []byte) bool { return bytes.Equal(form, answer.Digest) }) {
		return nil, problem.New(problem.IdempotencyKeyReused, "idempotency_key.reused", "idempotencyKey")
	}
	return r.UserByID(ctx, a.accountID, answer.AnswerID)
}

func (q *idempotentRequest) remember(ctx context.Context, tx *db.Tx, created typeid.ID) error {
	if q.key == "" {
		return nil
	}
	a := q.attempt
	key, err := tx.SealingKey(ctx, a.service.keys, a.now)
	if err != nil {
		return err
	}
	return tx.RememberAnswer(ctx, &db.IdempotentAnswer{
		UserID: a.viewer.User.ID, IdempotencyKey: q.key, Digest: key.MAC(q.input...), AnswerID: created, CreatedAt: a.now,
	}, q.forgotten())
}

// forgotten is up to when answers are forgotten.
func (q *idempotentRequest) forgotten() db.Time { return q.attempt.now.Add(-idempotencyLifetime) }
