// Command go is an example of a client made by genqlient. With an API key it lists users, creates one, updates a role and reads
// the audit trail; in a session it creates an API key, which no API key may.
package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/Khan/genqlient/graphql"
)

func main() {
	if err := run(context.Background(), os.Getenv("GATEHOUSE_URL")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, url string) error {
	program := withKey(url, os.Getenv("GATEHOUSE_API_KEY"))
	if err := listUsers(ctx, program); err != nil {
		return err
	}
	role, err := updateRole(ctx, program, "Reader")
	if err != nil {
		return err
	}
	user, err := createUser(ctx, program, "sync-go", role)
	if err != nil {
		return err
	}
	if err := listEvents(ctx, program, user); err != nil {
		return err
	}
	key, err := createKeyInSession(ctx, url, user)
	if err != nil {
		return err
	}
	whoami, err := Whoami(ctx, withKey(url, key))
	if err != nil {
		return err
	}
	fmt.Println("the new key is", whoami.Viewer.User.QualifiedName, whoami.Viewer.Permissions)
	return nil
}

// listUsers reads all users, page by page: the next one follows the cursor at which the last one ended.
func listUsers(ctx context.Context, client graphql.Client) error {
	for after := (*string)(nil); ; {
		page, err := Users(ctx, client, 2, after)
		if err != nil {
			return err
		}
		for _, user := range page.Users.Nodes {
			fmt.Println("user", user.QualifiedName)
		}
		if !page.Users.PageInfo.HasNextPage {
			return nil
		}
		after = page.Users.PageInfo.EndCursor
	}
}

// updateRole changes the description of a role. With the revision that was read nobody else's change is lost.
func updateRole(ctx context.Context, client graphql.Client, name string) (id string, err error) {
	found, err := Role(ctx, client, name)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(found.Roles.Nodes, func(role *RoleRolesRoleConnectionNodesRole) bool { return role.Name == name })
	if at < 0 {
		return "", fmt.Errorf("no role %s", name)
	}
	role := found.Roles.Nodes[at]
	description := "Changed at " + time.Now().Format(time.RFC3339Nano)
	updated, err := UpdateRole(ctx, client, &UpdateRoleInput{Id: role.Id, Revision: &role.Revision, Description: &description})
	if err := succeeded(updated.UpdateRole, err); err != nil {
		return "", err
	}
	changed := updated.UpdateRole.Role
	if changed.Revision != role.Revision+1 || !slices.Equal(changed.Permissions, role.Permissions) {
		return "", fmt.Errorf("what was left out did not stay: %+v", changed)
	}
	return role.Id, updateStale(ctx, client, role)
}

// updateStale shows an error that is decided by its code.
func updateStale(ctx context.Context, client graphql.Client, role *RoleRolesRoleConnectionNodesRole) error {
	description := "Lost"
	stale, err := UpdateRole(ctx, client, &UpdateRoleInput{Id: role.Id, Revision: &role.Revision, Description: &description})
	if err != nil {
		return err
	}
	if problems := stale.UpdateRole.UserErrors; len(problems) != 1 || problems[0].Code != UserErrorCodeStaleRevision {
		return fmt.Errorf("an older revision: %v", problems)
	}
	return nil
}

// createUser creates an API user. With the same idempotency key it can be sent again when no answer came.
func createUser(ctx context.Context, client graphql.Client, login, roleID string) (id string, err error) {
	key := fmt.Sprint(login, time.Now().UnixNano())
	input := &CreateUserInput{
		Kind: UserKindApi, LoginName: login, Email: "it@acme.example", Name: "Synchronisation", Language: LanguageEn,
		RoleIds: []string{roleID}, MfaForced: true, AccessPoints: []string{"API"}, IdempotencyKey: &key,
	}
	for range 2 {
		created, err := CreateUser(ctx, client, input)
		if err := succeeded(created.CreateUser, err); err != nil {
			return "", err
		}
		if user := created.CreateUser.User; id != "" && user.Id != id {
			return "", fmt.Errorf("created twice: %s and %s", id, user.Id)
		}
		id = created.CreateUser.User.Id
	}
	return id, nil
}

// listEvents reads what was done to a user, the oldest first.
func listEvents(ctx context.Context, client graphql.Client, userID string) error {
	seen := 0
	for before := (*string)(nil); ; {
		page, err := Events(ctx, client, &AuditEventFilter{TargetId: &userID}, 50, before)
		if err != nil {
			return err
		}
		events := page.AuditEvents.Nodes
		seen += len(events)
		for _, event := range slices.Backward(events) {
			fmt.Println("event", event.At.Format(time.RFC3339), event.ActorName, event.Action, *event.TargetName)
		}
		if !page.AuditEvents.PageInfo.HasPreviousPage {
			break
		}
		before = page.AuditEvents.PageInfo.StartCursor
	}
	if seen == 0 {
		return fmt.Errorf("no event of %s", userID)
	}
	return nil
}

// createKeyInSession signs in as a person, creates an API key of a user that ends in 90 days, and signs out.
func createKeyInSession(ctx context.Context, url, userID string) (secret string, err error) {
	input := &CreateApiKeyInput{UserId: userID, Description: "Example", AccessPoints: []string{"API"}}
	expires := time.Now().AddDate(0, 0, 90)
	input.ExpiresAt = &expires

	_, err = CreateApiKey(ctx, withKey(url, os.Getenv("GATEHOUSE_API_KEY")), input)
	if code := codeOf(err); code != "FORBIDDEN" {
		return "", fmt.Errorf("a key that creates a key: %v", err)
	}
	session, err := signIn(ctx, url)
	if err != nil {
		return "", err
	}
	created, err := CreateApiKey(ctx, session, input)
	if err := succeeded(created.CreateApiKey, err); err != nil {
		return "", err
	}
	if _, err := SignOut(ctx, session); err != nil {
		return "", err
	}
	return *created.CreateApiKey.Secret, nil
}
