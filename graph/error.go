package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/graph/model"
	"github.com/gatehouse/gatehouse/graph/plan"
	"github.com/gatehouse/gatehouse/graph/scalar"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// The values of extensions.code. What a person can put right is no GraphQL error but stands in userErrors.
const (
	codeUnauthenticated = "UNAUTHENTICATED"
	codeForbidden       = "FORBIDDEN"
	codeMFARequired     = "MFA_REQUIRED"
	codeStepUpRequired  = "STEP_UP_REQUIRED"
	codeRateLimited     = "RATE_LIMITED"
	codeBadUserInput    = "BAD_USER_INPUT"
	codeInternal        = "INTERNAL"
)

// BusyRetryAfter is after how many seconds a client should send again what a busy database could not answer.
const BusyRetryAfter = 5

// split parts an error into what a person can put right, as sentences in their language, and everything else.
func split(ctx context.Context, err error) ([]*model.UserError, error) {
	problems := problem.From(err)
	if len(problems) == 0 {
		return []*model.UserError{}, err
	}
	language := languageOf(ctx)
	userErrors := make([]*model.UserError, len(problems))
	for i, p := range problems {
		userErrors[i] = &model.UserError{Code: p.Code, Field: p.Field, Message: Sentence(language, p)}
	}
	return userErrors, nil
}

// presenter turns every error of an execution into the one that the client sees.
type presenter struct{ log *slog.Logger }

// present implements graphql.ErrorPresenterFunc. gqlgen gives errors with their place; the cause stands within.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	placed, ok := errors.AsType[*gqlerror.Error](err)
	if !ok {
		placed = gqlerror.Wrap(err)
	}
	code, _, extensions := classify(err)
	shown := &gqlerror.Error{Path: placed.Path, Locations: placed.Locations, Extensions: map[string]any{"code": code}}
	if len(shown.Locations) == 0 {
		shown.Locations = locationOf(ctx)
	}
	for name, value := range extensions {
		shown.Extensions[name] = value
	}
	switch {
	case code == codeInternal:
		shown.Extensions["requestId"] = RequestID(ctx)
		if ctx.Err() == nil { // otherwise the client has gone, which is nobody's fault
			p.log.ErrorContext(ctx, "internal error", "id", RequestID(ctx), "path", placed.Path.String(), "error", err)
		}
	case errors.Is(err, db.ErrBusy):
		p.log.WarnContext(ctx, "the database was busy for too long", "id", RequestID(ctx), "path", placed.Path.String(), "error", err)
	}
	shown.Message = messageOf(ctx, err)
	return shown
}

// locationOf is where in the document the field is that is being resolved.
func locationOf(ctx context.Context) []gqlerror.Location {
	for at := graphql.GetFieldContext(ctx); at != nil; at = at.Parent { // an item of a list has no field
		if at.Field.Field != nil && at.Field.Position != nil {
			return []gqlerror.Location{{Line: at.Field.Position.Line, Column: at.Field.Position.Column}}
		}
	}
	return nil
}

// messageOf is the message of an error for a client.
func messageOf(ctx context.Context, err error) string {
	_, key, extensions := classify(err)
	if key == "" {
		return inputMessage(ctx, err)
	}
	return sentence(languageOf(ctx), key, extensions)
}

// classify finds the code of an error, the key of its sentence, and what else a client's program is told. An empty key:
// the error says by itself what to mend.
func classify(err error) (code, key string, extensions map[string]any) {
	if forbidden, ok := errors.AsType[*access.ForbiddenError](err); ok {
		return codeForbidden, "error.forbidden", map[string]any{"permission": forbidden.Permission}
	}
	if limited, ok := errors.AsType[*access.RateLimitedError](err); ok {
		code, key, extensions = rateLimited(limited.RetryAfter)
		if quota := limited.Quota; quota != nil {
			extensions["quota"] = rateQuota{quota.Name, quota.Tries, int(quota.Window.Seconds())}
		}
		return code, key, extensions
	}
	if errors.Is(err, password.ErrBusy) {
		return rateLimited(password.RetryAfter)
	}
	if errors.Is(err, db.ErrBusy) && !errors.Is(err, db.ErrSearchTooLong) {
		return codeRateLimited, "error.busy", map[string]any{"retryAfter": BusyRetryAfter}
	}
	if problems := problem.From(err); len(problems) > 0 {
		return codeBadUserInput, "", map[string]any{"argument": strings.Join(problems[0].Field[1:], ".")}
	}
	if _, ok := errors.AsType[scalar.InputError](err); ok {
		return codeBadUserInput, "", nil
	}
	switch {
	case errors.Is(err, access.ErrUnauthenticated):
		return codeUnauthenticated, "error.unauthenticated", nil
	case errors.Is(err, access.ErrMFARequired):
		return codeMFARequired, "error.mfa_required", nil
	case errors.Is(err, access.ErrPersonRequired):
		return codeForbidden, "error.person_required", nil
	case errors.Is(err, access.ErrStepUpRequired):
		return codeStepUpRequired, "error.step_up_required", nil
	case errors.Is(err, plan.ErrTooLarge):
		return codeBadUserInput, "error.answer_too_large", map[string]any{"most": plan.MaxAnswer >> 20}
	case errors.Is(err, db.ErrCursor):
		return codeBadUserInput, "error.cursor", cursorArgument(err)
	case errors.Is(err, db.ErrSearchTooLong):
		return codeBadUserInput, "error.search_too_long", nil
	}
	return codeInternal, "error.internal", nil
}

func cursorArgument(err error) map[string]any {
	wrong, ok := errors.AsType[*cursorError](err)
	if !ok {
		return nil
	}
	return map[string]any{"argument": wrong.argument}
}

// rateQuota is what a RATE_LIMITED error says of the quota that is used up.
type rateQuota struct {
	Name   string `json:"name"`
	Tries  int    `json:"tries"`
	Window int    `json:"window"` // in seconds
}

func rateLimited(after time.Duration) (code, key string, extensions map[string]any) {
	return codeRateLimited, "error.rate_limited", map[string]any{"retryAfter": max(1, int(math.Ceil(after.Seconds())))}
}

// inputMessage says what is wrong with an argument. A query has no userErrors: its problems come here.
func inputMessage(ctx context.Context, err error) string {
	if problems := problem.From(err); len(problems) > 0 {
		return Sentence(languageOf(ctx), problems[0])
	}
	input, _ := errors.AsType[scalar.InputError](err)
	return input.Error()
}

// panicError is a resolver's panic on its way to the presenter, which logs it.
type panicError struct {
	cause any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.cause, e.stack) }

// recovered implements graphql.RecoverFunc.
func recovered(_ context.Context, cause any) error { return &panicError{cause, debug.Stack()} }
