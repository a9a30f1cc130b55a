# SPDX-License-Identifier: Apache-2.0
"""What tools/cassandra is made of: Apache Cassandra on loopback, for tests. Standard library only."""
