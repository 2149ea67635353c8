"""A corpus of articles, answered by many processes or a cluster of them: shards in, Parquet by outlet and month out.

The order in which text flows: `intake` cuts files into shards of records, `answering` makes outcomes of records in a process that
`custody` watches, `shifts` answers one shard and commits it to the `store`, `local` and `cluster` hand shards to many, `assembly`
sorts what they committed into partitions, and `run` is the table of contents.
"""
