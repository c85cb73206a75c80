package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// IdempotentAnswer remembers what a request with an idempotency key created, for 24 hours.
type IdempotentAnswer struct {
	bun.BaseModel `bun:"table:idempotent_answers,alias:answer"`

	UserID         typeid.ID `bun:",pk"` // who asked
	IdempotencyKey string    `bun:",pk"`
	Digest         []byte    // keyed digest of the input, password included
	AnswerID       typeid.ID // what was created
	CreatedAt      Time
}

// IdempotentAnswer finds what a user's request with a key created since an instant.
func (r Reader) IdempotentAnswer(ctx context.Context, userID typeid.ID, key string, since Time) (*IdempotentAnswer, error) {
	answer := new(IdempotentAnswer)
	err := r.idb.NewSelect().Model(answer).
		Where("user_id = ?", userID).Where("idempotency_key = ?", key).Where("created_at > ?", since).Scan(ctx)
	if err != nil {
		return nil, translate(err)
	}
	return answer, nil
}

// RememberAnswer stores an answer and forgets those of the same user that were created up to an instant.
func (tx *Tx) RememberAnswer(ctx context.Context, answer *IdempotentAnswer, until Time) error {
	_, err := tx.idb.NewDelete().Model((*IdempotentAnswer)(nil)).
		Where("user_id = ?", answer.UserID).Where("created_at <= ?", until).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	_, err = tx.idb.NewInsert().Model(answer).Exec(ctx)
	return translate(err)
}
