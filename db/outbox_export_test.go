package db

import (
	"context"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// MailByID reads what no room of the program asks for: a mail that has ended.
func (r Reader) MailByID(ctx context.Context, id typeid.ID) (*Mail, error) {
	mail := new(Mail)
	err := r.idb.NewSelect().Model(mail).Where("id = ?", id).Scan(ctx)
	return mail, translate(err)
}
