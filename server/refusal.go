package server

import (
	"net/http"
	"net/netip"

	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
)

// forwardRefusal is the body of what is not let in. Proxies show it to visitors.
type forwardRefusal struct {
	Reason  access.Reason `json:"reason,omitempty"`
	Message string        `json:"message,omitempty"`
}

// The sentences of forward auth besides those of a reason.
const (
	refusedBoth           = "forward_auth.both"
	refusedKey            = "forward_auth.key_unknown"
	refusedSecret         = "forward_auth.other_access_point"
	refusedEntry          = "forward_auth.entry_used"
	refusedUnknownRequest = "forward_auth.request_unknown"
	refusedNobody         = "forward_auth.sign_in"
)

// refusalSentences tell people why they are not let in.
var refusalSentences = map[access.Reason]string{
	access.SubjectUnknown:        refusedNobody,
	access.SessionEnded:          refusedNobody,
	access.UserInvited:           "forward_auth.user_invited",
	access.UserDeactivated:       "forward_auth.user_deactivated",
	access.KeyRevoked:            "forward_auth.key_ended",
	access.KeyExpired:            "forward_auth.key_ended",
	access.AccessPointNotAllowed: "forward_auth.access_point_not_allowed",
	access.IPNotWhitelisted:      "forward_auth.ip_not_whitelisted",
	access.MFARequired:           "forward_auth.mfa_required",
	access.PermissionMissing:     "forward_auth.permission_missing",
}

// sentenceFor is a sentence in the language that the visitor's browser asks for.
func sentenceFor(r *http.Request, key string, ip netip.Addr) string {
	return graph.Sentence(graph.AcceptedLanguage(r.Header.Get("Accept-Language")), &problem.Error{
		Key: key, Args: map[string]any{"ip": ip.String(), "permission": r.URL.Query().Get("permission")},
	})
}

// forwardAuthPolicy keeps a browser that is shown an answer of forward auth from doing anything with it.
var forwardAuthPolicy = []string{"default-src 'none'; frame-ancestors 'none'"}

func withForwardAuthPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Security-Policy"] = forwardAuthPolicy
		next.ServeHTTP(w, r)
	})
}
