package graph

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/language"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/signin"
)

// Visitor is who sent a request, as the server has found it out.
type Visitor struct {
	Client  signin.Client
	Cookies CookieWriter
	// AcceptLanguage is the header of that name: it says in which language somebody is told things before they sign in.
	AcceptLanguage string

	// A sign-in or sign-out of one field of a mutation holds for the fields after it.
	viewer atomic.Pointer[access.Viewer]
	// tried says that a stranger's request has had its one step of signing in.
	tried atomic.Bool
}

// oneTry refuses a second step of signing in within one request of a stranger: each may hash a password. It was not looked
// at, so it counts as no failure of anybody's.
func (v *Visitor) oneTry() error {
	if v.Viewer() == nil && v.tried.Swap(true) {
		return &access.RateLimitedError{RetryAfter: time.Second}
	}
	return nil
}

// CookieWriter sets and clears the cookies of the answer.
type CookieWriter interface {
	SetSession(token secret.Token, ends time.Time)
	ClearSession()
	SetDevice(token secret.Token)
	// SetBrowser marks the browser in which a proof by passkey was begun.
	SetBrowser(token secret.Token)
}

// SetViewer says who is signed in; nil: nobody.
func (v *Visitor) SetViewer(viewer *access.Viewer) { v.viewer.Store(viewer) }

// Viewer returns who is signed in, or nil.
func (v *Visitor) Viewer() *access.Viewer { return v.viewer.Load() }

type (
	visitorKey   struct{}
	requestIDKey struct{}
)

// WithVisitor hands a visitor to [NewHandler]'s handler, which does not work without one.
func WithVisitor(ctx context.Context, visitor *Visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, visitor)
}

// WithRequestID gives a context the ID that answers and logs name the request by.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID returns the ID of [WithRequestID].
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

func visitorOf(ctx context.Context) *Visitor { return ctx.Value(visitorKey{}).(*Visitor) }

// viewerOf returns who is signed in. Resolvers behind the gate always have one, but for those of [open] fields.
func viewerOf(ctx context.Context) *access.Viewer { return visitorOf(ctx).Viewer() }

// The languages of the page, English first: the one for whoever speaks none of them.
var (
	languages = []db.Language{db.English, db.Dutch, db.German, db.French, db.Spanish}
	matcher   = language.NewMatcher([]language.Tag{language.English, language.Dutch, language.German, language.French, language.Spanish})
)

// languageOf is the viewer's language, or before sign-in the one that the browser asks for.
func languageOf(ctx context.Context) db.Language {
	visitor := visitorOf(ctx)
	if viewer := visitor.Viewer(); viewer != nil {
		return viewer.User.Language
	}
	return AcceptedLanguage(visitor.AcceptLanguage)
}

// AcceptedLanguage is the one of the languages there are that an Accept-Language header prefers, otherwise English.
func AcceptedLanguage(accepted string) db.Language {
	if len(accepted) > maxAcceptLanguage {
		accepted, _, _ = strings.Cut(accepted, ",") // somebody makes work: each error asks for the language
	}
	if len(accepted) > maxAcceptLanguage {
		return languages[0]
	}
	_, index := language.MatchStrings(matcher, accepted)
	return languages[index]
}

// maxAcceptLanguage is how long a header is that a browser sends, in bytes, and more.
const maxAcceptLanguage = 256
