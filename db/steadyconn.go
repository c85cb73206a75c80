package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
)

// openSteady is sql.Open with statements that are not called off once they have begun. SQLite answers the interruption of a
// statement that writes by giving up the whole transaction (https://www.sqlite.org/c3ref/interrupt.html), in which there may
// be what others have written. Before it begins, database/sql asks the context as ever.
func openSteady(address string) (*sql.DB, error) {
	plain, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	connector := steadyConnector{plain.Driver(), address}
	return sql.OpenDB(connector), plain.Close()
}

type steadyConnector struct {
	driver  driver.Driver
	address string
}

func (c steadyConnector) Driver() driver.Driver { return c.driver }

func (c steadyConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.address)
	if err != nil {
		return nil, err
	}
	return steadyConn{conn.(sqliteConn)}, nil
}

// sqliteConn is what database/sql looks for in a connection and the driver's has.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

type steadyConn struct{ sqliteConn }

func (c steadyConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.sqliteConn.ExecContext(context.WithoutCancel(ctx), query, args)
}

func (c steadyConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.sqliteConn.QueryContext(context.WithoutCancel(ctx), query, args)
}

func (c steadyConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.sqliteConn.PrepareContext(context.WithoutCancel(ctx), query)
}
