// Ageproof makes the last proof of a session older, for tests in a browser, which cannot wait an hour: it writes to the
// database beside the server. The arguments are the database's address and how many minutes; the session's token is read
// from standard input.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
)

func main() {
	if err := age(context.Background(), os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func age(ctx context.Context, address, minutes string) error {
	token, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	old, err := strconv.Atoi(minutes)
	if err != nil {
		return err
	}
	store, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	session, _, _, err := store.SessionByToken(ctx, secret.Token(strings.TrimSpace(string(token))).Hash())
	if err != nil {
		return err
	}
	session.ProvenAt = db.At(time.Now().Add(-time.Duration(old) * time.Minute))
	return store.Touch(ctx, func(tx *db.Tx) error { return tx.RaiseSession(ctx, session, session.TokenHash) })
}
