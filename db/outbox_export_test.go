package db

import (
	"context"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// MailWithBodies reads what only the sender reads.
func (r Reader) MailWithBodies(ctx context.Context, id typeid.ID) (*Mail, error) {
	mail := new(Mail)
	err := r.idb.NewSelect().Model(mail).Where("id = ?", id).Scan(ctx)
	return mail, translate(err)
}
