package server

import (
	"context"
	"math"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/gatehouse/gatehouse/db"
)

// NewMetrics makes a registry with what the Go runtime, the process and the database tell.
func NewMetrics(store *db.DB) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "gatehouse_database_statements_total",
			Help: "Statements sent to the database.",
		}, func() float64 { return float64(store.Statements()) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "gatehouse_database_rows_total",
			Help: "Rows that prepared statements have handed on.",
		}, func() float64 { return float64(store.Rows()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "gatehouse_mails_waiting",
			Help: "Mails in the outbox that are neither sent nor given up; NaN when the database does not say.",
		}, func() float64 { return waitingMails(store) }),
	)
	return registry
}

func waitingMails(store *db.DB) float64 {
	ctx, cancel := context.WithTimeout(context.Background(), readinessTimeout)
	defer cancel()
	waiting, err := store.WaitingMails(ctx)
	if err != nil {
		return math.NaN()
	}
	return float64(waiting)
}

// MetricsHandler serves a registry at /metrics, and at /debug/pprof/ what the program spends its time and memory on
// (go tool pprof). It belongs on a listener that visitors do not reach. The command line, which may hold passwords, is
// not served.
func MetricsHandler(registry *prometheus.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	for _, name := range []string{"allocs", "block", "goroutine", "heap", "mutex"} {
		mux.Handle("GET /debug/pprof/"+name, pprof.Handler(name))
	}
	return mux
}

// requestMetrics counts requests by route, never by path: a stranger could make as many series as there are paths.
type requestMetrics struct{ duration *prometheus.HistogramVec }

func newRequestMetrics(registry *prometheus.Registry) requestMetrics {
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "gatehouse_http_request_duration_seconds",
		Help:    "How long requests took, by route and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"route", "status"})
	registry.MustRegister(duration)
	return requestMetrics{duration}
}

func (m requestMetrics) observe(route string, status int, took time.Duration) {
	if route == "" {
		route = "none" // refused before a route was found
	}
	m.duration.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}
