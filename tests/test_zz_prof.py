import cProfile,pstats
import pytest
from tests.directory.test_admin import *
def test_prof(desk):
    s=Service.objects.get(fact_id="S1")
    url=edit_url(s)
    desk.get(url)
    p=cProfile.Profile();p.enable(); r=desk.get(url); p.disable(); pstats.Stats(p).sort_stats('cumtime').print_stats(35)
    p=cProfile.Profile();p.enable(); a=answers(r); p.disable(); pstats.Stats(p).sort_stats('cumtime').print_stats(8)
