package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// readinessTimeout is how long the database may take to answer.
const readinessTimeout = 3 * time.Second

func serveAlive(w http.ResponseWriter, _ *http.Request) { plainText(w, http.StatusOK, "ok") }

// readiness says whether the server can serve: the database answers and has the newest schema.
type readiness struct {
	store *db.DB
	log   *slog.Logger
}

func (h readiness) serve(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readinessTimeout)
	defer cancel()
	if err := h.check(ctx); err != nil {
		h.log.WarnContext(ctx, "not ready", "error", err)
		plainText(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	plainText(w, http.StatusOK, "ready")
}

func (h readiness) check(ctx context.Context) error {
	pending, err := h.store.PendingMigrations(ctx)
	if err != nil {
		return err
	}
	if len(pending) > 0 {
		return errors.New("migrations have not run: " + strings.Join(pending, ", "))
	}
	return nil
}

func plainText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}
