"""What Alembic runs: the steps on the connection that it is given, in the transaction that is open there."""

from alembic import context

from marsad.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
