package access

import (
	"context"
	"errors"

	"github.com/gatehouse/gatehouse/db"
)

// LoadSubject reads what a decision asks of a user of an account.
func LoadSubject(ctx context.Context, reader db.Reader, catalogue *Catalogue, account *db.Account, user *db.User) (*Subject, error) {
	return nil, errors.ErrUnsupported
}
