// Package patch tells what an update leaves out from what it clears.
package patch

import "github.com/99designs/gqlgen/graphql"

// Field is a field of an update: left out (not IsSet), null, or a value. It is gqlgen's own type, so that the inputs of
// the rooms below are the inputs of the GraphQL schema and nothing is copied between twins.
type Field[T any] = graphql.Omittable[T]

// To is a field that sets a value.
func To[T any](value T) Field[*T] { return graphql.OmittableOf(&value) }

// Null is a field that is null.
func Null[T any]() Field[*T] { return graphql.OmittableOf[*T](nil) }

// Of is a field with exactly this value, for lists: a nil list is null, an empty one is not.
func Of[T any](value T) Field[T] { return graphql.OmittableOf(value) }
