package graph

import (
	"net/http"

	"github.com/gatehouse/gatehouse/graph/generated"
)

// NewReferenceHandler is NewHandler with gqlgen's own executor for everything, which plans are compared with.
func NewReferenceHandler(config Config) http.Handler {
	return newHandler(config, generated.NewExecutableSchema)
}
