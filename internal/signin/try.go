package signin

import (
	"context"
	"errors"
	"net/netip"

	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/throttle"
)

// settle settles a try that has led to nothing by the error that ended it, and passes the error on. What was wrong counts.
// What could not be compared, because too many passwords are being hashed or the client has gone, counts for the address.
// A failure of the program counts for nothing.
func settle(ctx context.Context, try *throttle.Try, err error) error {
	if err == nil {
		return nil
	}
	_, isWrong := errors.AsType[wrong](err)
	var failed error
	switch {
	case isWrong, errors.Is(err, errChanged), len(problem.From(err)) > 0:
		failed = try.Wrong(ctx)
	case errors.Is(err, password.ErrBusy), ctx.Err() != nil:
		failed = try.Refused(ctx)
	default:
		failed = try.Void(ctx)
	}
	if failed != nil {
		return errors.Join(err, failed)
	}
	return err
}

// hashClass says for whom a try's password is hashed. Only a device or session of the very user, and within its bound, counts
// as known. Strangers take turns by network: whoever has many addresses usually has them in few.
func hashClass(ip netip.Addr, userID string, known bool) password.Class {
	if known {
		return password.Known(userID)
	}
	bits := 24
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		bits = 48
	}
	return password.Stranger(netip.PrefixFrom(ip, bits).Masked().String())
}
