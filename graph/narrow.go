package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// narrowObject is what can be read of the objects of a type by who reaches one without the permission to see them all.
type narrowObject struct {
	needs []string // any of these permissions shows everything
	shown map[string]bool
	// own says whether everything is shown because the object is the viewer's own; nil: never.
	own func(viewer *access.Viewer, object any) bool
}

// narrowed are the types whose objects are reached by other ways than lists and IDs: the user of a key, and the access points
// and roles that users see of themselves and of keys.
var narrowed = map[string]narrowObject{
	"User": {
		[]string{access.ViewUser},
		map[string]bool{"__typename": true, "id": true, "kind": true, "loginName": true, "qualifiedName": true},
		func(viewer *access.Viewer, object any) bool {
			user := userIn(object)
			return user != nil && viewer.Is(user.ID)
		},
	},
	"AccessPoint": {
		[]string{access.ViewUser, access.ManageAccessPoint},
		map[string]bool{"__typename": true, "id": true, "code": true, "name": true, "description": true, "kind": true, "builtIn": true, "whitelists": true, "whitelistReport": true, "seenAddresses": true},
		nil,
	},
	"Role": {
		[]string{access.ViewUser, access.ViewRole},
		map[string]bool{"__typename": true, "id": true, "name": true, "description": true, "builtIn": true, "permissions": true, "users": true},
		nil,
	},
}

// maySeeField asks whether the viewer may see a field of an object that was reached.
func maySeeField(viewer *access.Viewer, field *graphql.FieldContext) error {
	object, isNarrowed := narrowed[field.Object]
	if !isNarrowed || object.shown[field.Field.Name] {
		return nil
	}
	err := viewer.Require(object.needs...)
	if err == nil || object.own == nil {
		return err
	}
	for at := field.Parent; at != nil; at = at.Parent {
		if at.Result != nil {
			if object.own(viewer, at.Result) {
				return nil
			}
			break
		}
	}
	return err
}

// userIn returns the user that a field or a place in a list has led to; nil where it is none.
func userIn(result any) *db.User {
	switch found := result.(type) {
	case *db.User:
		return found
	case **db.User:
		return *found
	case db.Node:
		user, _ := found.(*db.User)
		return user
	case *db.Node:
		user, _ := (*found).(*db.User)
		return user
	}
	return nil
}
