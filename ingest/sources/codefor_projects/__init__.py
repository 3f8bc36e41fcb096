"""The civic-tech projects of Code for Germany, as innovations with the labs that made them."""
