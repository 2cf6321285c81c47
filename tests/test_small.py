def test_the_small_toolkit_is_right(small):
    assert small.problems() == []
