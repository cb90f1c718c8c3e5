"""flamapy's count of a UVL file, run by the Python of flamapy's own environment: it is under the GPL.

`python -m venv DIR && DIR/bin/pip install flamapy flamapy-fm flamapy-bdd`, then
`DIR/bin/python -P benchmarks/flamapy_count.py FILE.uvl`. Imports nothing of cardkit.
"""

import sys

from flamapy.metamodels.bdd_metamodel.operations import BDDConfigurationsNumber
from flamapy.metamodels.bdd_metamodel.transformations import FmToBDD
from flamapy.metamodels.fm_metamodel.transformations import UVLReader

model = FmToBDD(UVLReader(sys.argv[1]).transform()).transform()
print(int(BDDConfigurationsNumber().execute(model).get_result()))
