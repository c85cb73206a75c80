package graph_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/bench/hostile"
	"github.com/gatehouse/gatehouse/graph"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/signin"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Product rule 14, by counted work: whatever somebody sends who is not signed in, few nodes are looked at, and little memory is
// taken. bench measures the same requests by their CPU (documents).
func TestWorkForStrangers(t *testing.T) {
	site := anySite(t)
	handler := handlerOf(site)
	mostSteps, mostMemory := 0, uint64(0)
	for _, request := range hostile.Requests() {
		steps := graph.StepsForStrangers(request.Body)
		if mostSteps = max(mostSteps, steps); steps > 10_000 {
			t.Errorf("%s: %d steps", request.Name, steps)
		}
		answer, took := memoryFor(t, handler, request)
		if mostMemory = max(mostMemory, took); took > 1<<20 {
			t.Errorf("%s: %d bytes of memory", request.Name, took)
		}
		if len(answer) > 24<<10 || strings.Count(answer, `"message"`) > 100 {
			t.Errorf("%s: answered by %d bytes, %.200s", request.Name, len(answer), answer)
		}
	}
	t.Logf("at most %d steps and %d kB of memory", mostSteps, mostMemory>>10)
}

// Viewers may ask for more, but no document takes them work that grows faster than it does.
func TestWorkForViewers(t *testing.T) {
	most := 0
	for _, request := range hostile.Requests() {
		steps := graph.StepsForViewers(request.Body)
		if most = max(most, steps); steps > 70_000 {
			t.Errorf("%s: %d steps", request.Name, steps)
		}
	}
	t.Logf("at most %d steps", most)
}

// memoryFor is all the memory that a request of a stranger allocates, whether it is still held or not. Of three tries the least
// counts: other goroutines allocate, too.
func memoryFor(t *testing.T, handler http.Handler, asked hostile.Request) (answer string, least uint64) {
	t.Helper()
	least = ^uint64(0)
	for range 3 {
		visitor := &graph.Visitor{Client: signin.Client{IP: netip.MustParseAddr("192.0.2.7")}}
		if asked.Header == "Accept-Language" {
			visitor.AcceptLanguage = asked.Text
		}
		r := httptest.NewRequestWithContext(graph.WithVisitor(t.Context(), visitor), http.MethodPost, "/graphql", strings.NewReader(asked.Body))
		r.Header.Set("Content-Type", "application/json")
		if asked.Header != "" {
			r.Header.Set(asked.Header, asked.Text)
		}
		w := httptest.NewRecorder()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		handler.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
		body, err := io.ReadAll(w.Body)
		if err != nil || w.Code >= http.StatusInternalServerError || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/") {
			t.Fatalf("%s: %d %s %v", asked.Name, w.Code, body, err)
		}
		answer = string(body)
	}
	return answer, least
}

func handlerOf(site *servertest.Site) http.Handler {
	return graph.NewHandler(graph.Config{
		Store: site.Store, Accounts: site.Accounts, SignIn: site.SignIn, Catalogue: access.Builtin(), State: site.State,
		Log: slog.New(slog.DiscardHandler), Now: site.Clock.Now,
	})
}

// The work of merging grows with the fields, not with their pairs.
func TestMergingIsLinear(t *testing.T) {
	steps := func(n int) int {
		return graph.StepsForViewers(fmt.Sprintf(`{"query":"{viewer{%s}}"}`, strings.Repeat("user{id name account:id} ", n)))
	}
	few, many := steps(50), steps(500)
	if few == 0 || many > 11*few {
		t.Errorf("%d steps for 50 equal objects, %d for 500", few, many)
	}
}

// What strangers ask for pushes nothing out of the memory of documents that viewers use.
func TestStrangersPushNoDocumentOut(t *testing.T) {
	if kept := graph.KeptAfterFlood(t); !kept {
		t.Error("a flood of strangers' documents pushed a viewer's out")
	}
}
