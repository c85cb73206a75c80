package account

import (
	"sync"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Of taking a thing away and giving it to somebody at the same moment exactly one succeeds, and the other is told why.
func TestDeletingWhatIsBeingGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		h := newHouse(t, store)
		for range 8 {
			suffix := string(typeid.New("x"))[10:]
			user := h.create(h.newUser("jane-" + suffix))
			held := must[map[typeid.ID][]*db.Role](t)(store.RolesByUser(t.Context(), []typeid.ID{user.ID}))
			role, list := h.role("Role "+suffix, "VIEW_DOMAIN"), h.whitelist("List "+suffix, officeIP)
			give := UpdateUserInput{
				ID: user.ID, RoleIDs: patch.Of([]typeid.ID{held[user.ID][0].ID, role.ID}), WhitelistIDs: patch.Of([]typeid.ID{list.ID}),
			}
			var given, roleGone, listGone error
			var running sync.WaitGroup
			running.Go(func() { _, given = h.service.UpdateUser(t.Context(), h.boss, give) })
			running.Go(func() { roleGone = h.service.DeleteRole(t.Context(), h.boss, role.ID) })
			running.Go(func() { listGone = h.service.DeleteWhitelist(t.Context(), h.boss, list.ID) })
			running.Wait()
			if given == nil {
				if !problem.Has(roleGone, problem.InUse) || !problem.Has(listGone, problem.InUse) {
					t.Errorf("given, and deleted all the same: %v, %v", roleGone, listGone)
				}
			} else if !problem.Has(given, problem.NotFound) || roleGone != nil && listGone != nil {
				t.Errorf("not given: %v, though neither was deleted: %v, %v", given, roleGone, listGone)
			}
		}
	})
}
